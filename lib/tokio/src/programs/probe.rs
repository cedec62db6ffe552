use crate::request::{Probe, WakeUp};
use crate::task::Task;

pub async fn probe(task: Task, parameters: Probe) {
    task.meter.set_tag(-1);
    if parameters.phase_ms > 0.0 {
        task.sleep(parameters.phase_ms).await;
    }
    for round in 0..parameters.sleeps {
        task.meter.set_tag(round as i32);
        task.sleep(parameters.sleep_ms).await;
    }
}

pub async fn wake_up(task: Task, parameters: WakeUp) {
    task.meter.set_tag(parameters.round);
    task.sleep_until(parameters.due_ms).await;
}
