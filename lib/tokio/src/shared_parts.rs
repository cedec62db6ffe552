//! What the tasks of one run share: a lock, a state under a lock, and the channels between the tasks.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Mutex as ThreadMutex;

use tokio::sync::mpsc::{self, Receiver, Sender, UnboundedReceiver, UnboundedSender};
use tokio::sync::Mutex;

/// A message of a stream, and what is derived from it.
#[derive(Clone, Copy, Debug)]
pub struct Message {
    pub stream: u32,
    pub number: u32,
    /// Intended time of sending; its events are late from here on, whoever delayed them.
    pub due_ns: f64,
}

pub struct SharedParts {
    /// The lock of the run's lock users, and of its state.
    pub lock: Mutex<()>,
    pub input: (UnboundedSender<Message>, Seat<UnboundedReceiver<Message>>),
    /// Capacity 1: a sender waits until the receiver has taken the event before.
    pub output: (Sender<Message>, Seat<Receiver<Message>>),
    pub enrichments: (UnboundedSender<Message>, Seat<UnboundedReceiver<Message>>),
    drained: AtomicBool,
}

impl SharedParts {
    pub fn new() -> Self {
        let (input, output, enrichments) = (
            mpsc::unbounded_channel(),
            mpsc::channel(1),
            mpsc::unbounded_channel(),
        );
        Self {
            lock: Mutex::new(()),
            input: (input.0, Seat::new(input.1)),
            output: (output.0, Seat::new(output.1)),
            enrichments: (enrichments.0, Seat::new(enrichments.1)),
            drained: AtomicBool::new(false),
        }
    }

    /// Whether the last foreground task has ended: then a background task ends too.
    pub fn drained(&self) -> bool {
        self.drained.load(Ordering::Relaxed)
    }

    pub fn drain(&self) {
        self.drained.store(true, Ordering::Relaxed);
    }
}

/// A receiver until its one task comes for it.
pub struct Seat<T>(ThreadMutex<Option<T>>);

impl<T> Seat<T> {
    fn new(receiver: T) -> Self {
        Self(ThreadMutex::new(Some(receiver)))
    }

    pub fn take(&self) -> T {
        let receiver = self
            .0
            .lock()
            .expect("no task panics while it sits down")
            .take();
        receiver.expect("a channel has one receiver; the request names two")
    }
}
