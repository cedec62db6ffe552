use crate::request::Blocker;
use crate::task::Task;

pub async fn blocker(task: Task, parameters: Blocker) {
    for block in 0u32.. {
        task.block(parameters.blocks_ms[block as usize % parameters.blocks_ms.len()]);
        let last = match parameters.blocks {
            Some(blocks) => block + 1 >= blocks,
            None => task.shared.drained(),
        };
        if last {
            return;
        }
        match parameters.rest_ms {
            Some(ms) => task.sleep(ms).await,
            None => task.yield_now().await,
        }
    }
}
