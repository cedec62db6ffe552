//! A number that a task writes and nobody else at the same moment. A task may go on on another thread after each
//! `await`, so that a plain cell will not do.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

pub struct Reading(AtomicU64);

impl Reading {
    pub fn new(value: f64) -> Self {
        Self(AtomicU64::new(value.to_bits()))
    }

    pub fn get(&self) -> f64 {
        f64::from_bits(self.0.load(Relaxed))
    }

    pub fn set(&self, value: f64) {
        self.0.store(value.to_bits(), Relaxed);
    }

    pub fn add(&self, value: f64) {
        self.set(self.get() + value);
    }
}
