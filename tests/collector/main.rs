//! The collector by its public interface.
