//! How much memory the process may use.

use std::fs;
use std::sync::OnceLock;

/// Of a limited address space an array may have one part in so many: stacks, files and what was freed lie there too.
const ADDRESSES_SHARE: u64 = 4;

/// Bytes of the machine, or what the control groups and the limit of the address space leave of them. Asked of the
/// system once.
pub fn usable() -> u64 {
    static USABLE: OnceLock<u64> = OnceLock::new();
    *USABLE.get_or_init(|| {
        let most = cgroup_limit().unwrap_or(u64::MAX).min(address_limit().unwrap_or(u64::MAX) / ADDRESSES_SHARE);
        meminfo_total().unwrap_or(4 << 30).min(most)
    })
}

/// Bytes of the process that lie in memory; 0 where the system does not say.
pub fn resident() -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib: Option<u64> = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kib.unwrap_or(0) * 1024
}

fn address_limit() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/limits").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn meminfo_total() -> Option<u64> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find(|l| l.starts_with("MemTotal:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}

/// The tightest limit of the control groups this process is in (version 2, and the memory controller of version 1).
fn cgroup_limit() -> Option<u64> {
    let groups = fs::read_to_string("/proc/self/cgroup").ok()?;
    let mut tightest: Option<u64> = None;
    for line in groups.lines() {
        let mut parts = line.splitn(3, ':');
        let (_, controllers, path) = (parts.next()?, parts.next()?, parts.next()?);
        let (root, file) = if controllers.is_empty() {
            ("/sys/fs/cgroup", "memory.max")
        } else if controllers.split(',').any(|c| c == "memory") {
            ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
        } else {
            continue;
        };
        // A group is bounded by every group above it.
        let mut at = path.trim_end_matches('/').to_owned();
        loop {
            if let Ok(text) = fs::read_to_string(format!("{root}{at}/{file}"))
                && let Ok(limit) = text.trim().parse::<u64>()
            {
                tightest = Some(tightest.map_or(limit, |t| t.min(limit)));
            }
            match at.rfind('/') {
                Some(cut) => at.truncate(cut),
                None => break,
            }
        }
    }
    tightest
}
