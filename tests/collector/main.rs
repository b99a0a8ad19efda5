//! The collector by its public interface: the app without a socket, the binary with one.

mod collecting;
mod envelope;
mod reading;
mod running;
mod shop;
