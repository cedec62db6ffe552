//! What tasks do. Each program is the counterpart of one of the same name on Node's pools.

mod blocker;
mod coordinator;
mod lock_user;
mod probe;
mod requests;

use std::future::Future;
use std::pin::Pin;

use crate::request::Program;
use crate::task::Task;

/// Starts the program; nothing of it runs before its first poll.
pub fn start(program: Program, task: Task) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    match program {
        Program::Probe(parameters) => Box::pin(probe::probe(task, parameters)),
        Program::WakeUp(parameters) => Box::pin(probe::wake_up(task, parameters)),
        Program::Blocker(parameters) => {
            // Its first poll is its first block.
            task.meter.set_tag(0);
            Box::pin(blocker::blocker(task, parameters))
        }
        Program::Client(parameters) => Box::pin(requests::client(task, parameters)),
        Program::Arrival(parameters) => Box::pin(requests::arrival(task, parameters)),
        Program::LockUser(parameters) => Box::pin(lock_user::lock_user(task, parameters)),
        Program::Stream(parameters) => Box::pin(coordinator::stream(task, parameters)),
        Program::Coordinator(parameters) => Box::pin(coordinator::coordinator(task, parameters)),
        Program::Consumer(parameters) => Box::pin(coordinator::consumer(task, parameters)),
        Program::Enrichment(parameters) => Box::pin(coordinator::enrichment(task, parameters)),
    }
}
