//! Journeys and tables against the public interface.
