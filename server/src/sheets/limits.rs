//! The bounds that the system keeps for the process that reads a workbook.

use rlimit::Resource;

use super::bounds::{CHILD_CPU_SECONDS, CHILD_MEMORY};

/// Bounds this process for the rest of its life: an allocation beyond ends it, and so does a loop without end. It leaves no
/// core behind, which would hold what somebody sent.
pub fn bound_this_process() -> std::io::Result<()> {
    Resource::AS.set(CHILD_MEMORY, CHILD_MEMORY)?;
    Resource::CPU.set(CHILD_CPU_SECONDS, CHILD_CPU_SECONDS)?;
    Resource::CORE.set(0, 0)?;
    // It opens no file and writes none.
    Resource::FSIZE.set(0, 0)
}
