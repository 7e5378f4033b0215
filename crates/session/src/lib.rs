//! Time travel, views and sweeps over the machine.
