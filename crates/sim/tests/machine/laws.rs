//! What is true of every run.

mod accounts;
mod feedback;
mod places;
mod queues;
mod reasons;
mod replay;
mod validity;
