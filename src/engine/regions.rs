//! Regions of files that tasks read: each is read once and shared while memory allows.
//!
//! A region is asked for by a task that cannot start without it (a demand) or in advance. It stays in memory while
//! a running task uses it; after that it lies idle, and gives way when something needed sooner wants its memory. It is
//! forgotten after its last user. Who may start is decided elsewhere; the bytes of regions are booked in the ledger,
//! save those the front of the run asked for when there was no room: they are part of its own needs.

use super::job::{Job, Piece};
use super::ledger::Ledger;
use crate::array::{Block, Pool};
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::sync::Arc;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Absent,
    Queued,
    Reading,
    Present,
}

#[derive(Debug)]
struct Entry {
    state: State,
    /// Whether its bytes are in the ledger.
    booked: bool,
    /// Its bytes, and those that reading it takes besides.
    bytes: u64,
    scratch: u64,
    /// Whether a task has used it since it was read.
    used: bool,
    block: Option<Arc<Block>>,
    /// Inputs that have not finished with it.
    left: u32,
    /// Inputs of running tasks.
    in_use: u32,
    /// Where in `users` the first task is that has not started.
    next: u32,
    /// Tasks parked until it is there.
    waiting: Vec<u32>,
}

/// All regions of a run.
pub struct Regions {
    entries: Vec<Entry>,
    /// The tasks that use each region, in order: start by region, and the list.
    users_at: Vec<u32>,
    users: Vec<u32>,
    /// Booked regions that nobody uses now, by next user.
    idle: BTreeSet<(u32, u32)>,
    demanded: BinaryHeap<Reverse<(u32, u32)>>,
    advance: BinaryHeap<Reverse<(u32, u32)>>,
    reading: usize,
    /// Regions read or being read in advance that nobody has used.
    unused: usize,
    unused_limit: usize,
}

impl Regions {
    /// `unused_limit` bounds how many regions lie read in advance.
    pub fn new(job: &Job, unused_limit: usize) -> Regions {
        let count = job.regions();
        let mut users_at = vec![0u32; count + 1];
        let tasks = if count == 0 { 0 } else { job.graph.tasks.len() as u32 };
        let each_use = |visit: &mut dyn FnMut(u32, u32)| {
            (0..tasks).for_each(|task| {
                job.each_piece(task, |piece| {
                    if let Piece::Region(region) = piece {
                        visit(task, region)
                    }
                })
            })
        };
        each_use(&mut |_, region| users_at[region as usize + 1] += 1);
        for region in 0..count {
            users_at[region + 1] += users_at[region];
        }
        let mut at = users_at.clone();
        let mut users = vec![0; users_at[count] as usize];
        each_use(&mut |task, region| {
            users[at[region as usize] as usize] = task;
            at[region as usize] += 1;
        });
        let entries = (0..count).map(|region| {
            let (bytes, scratch) = job.region_bytes(region as u32);
            Entry {
                state: State::Absent,
                booked: false,
                bytes,
                scratch,
                used: false,
                block: None,
                left: users_at[region + 1] - users_at[region],
                in_use: 0,
                next: users_at[region],
                waiting: Vec::new(),
            }
        });
        Regions {
            entries: entries.collect(),
            users_at,
            users,
            idle: BTreeSet::new(),
            demanded: BinaryHeap::new(),
            advance: BinaryHeap::new(),
            reading: 0,
            unused: 0,
            unused_limit,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Number of reads under way.
    pub fn reading(&self) -> usize {
        self.reading
    }

    /// Whether nobody has asked for a region that nobody reads yet.
    pub fn nothing_asked(&self) -> bool {
        self.demanded.is_empty() && self.advance.is_empty()
    }

    /// Whether reading in advance should ask for more.
    pub fn wants_more(&self) -> bool {
        self.advance.len() + self.unused < self.unused_limit
    }

    pub fn is_present(&self, region: u32) -> bool {
        self.entries[region as usize].state == State::Present
    }

    /// Parks a task until a region is there, and asks for it.
    pub fn demand(&mut self, region: u32, task: u32) {
        let entry = &mut self.entries[region as usize];
        entry.waiting.push(task);
        if matches!(entry.state, State::Absent | State::Queued) {
            entry.state = State::Queued;
            self.demanded.push(Reverse((task, region)));
        }
    }

    /// Asks for a region in advance.
    pub fn foresee(&mut self, region: u32, task: u32) {
        let entry = &mut self.entries[region as usize];
        if entry.state == State::Absent && entry.left > 0 {
            entry.state = State::Queued;
            self.advance.push(Reverse((task, region)));
        }
    }

    /// Whether [`Regions::start_read`] would find something.
    pub fn can_read(&mut self, ledger: &Ledger, promised: u64) -> bool {
        self.clean();
        match (self.demanded.peek(), self.advance.peek()) {
            (Some(&Reverse((task, region))), _) => {
                task == ledger.front() || self.could_make_room(ledger, self.cost(region), task)
            }
            (None, Some(&Reverse((_, region)))) => self.fits_in_advance(ledger, promised, region),
            (None, None) => false,
        }
    }

    /// The next region to read, booked; demands go first, both in the order of the tasks that ask. Of the room, so many
    /// bytes are promised to tasks: none of them goes to what nobody waits for.
    pub fn start_read(&mut self, pool: &Pool, ledger: &mut Ledger, promised: u64) -> Option<u32> {
        self.clean();
        if let Some(&Reverse((task, region))) = self.demanded.peek() {
            let fits = self.make_room(pool, ledger, self.cost(region), task);
            if !fits && task != ledger.front() {
                return None;
            }
            self.demanded.pop();
            self.begin(pool, ledger, region, fits);
            return Some(region);
        }
        let &Reverse((_, region)) = self.advance.peek()?;
        if !self.fits_in_advance(ledger, promised, region) {
            return None;
        }
        self.advance.pop();
        self.begin(pool, ledger, region, true);
        Some(region)
    }

    /// Bytes that a region which nobody reads yet will take.
    pub fn unread(&self, region: u32) -> u64 {
        if self.entries[region as usize].state == State::Reading { 0 } else { self.cost(region) }
    }

    /// Bytes in use while a region is read.
    fn cost(&self, region: u32) -> u64 {
        self.entries[region as usize].bytes + self.entries[region as usize].scratch
    }

    fn begin(&mut self, pool: &Pool, ledger: &mut Ledger, region: u32, booked: bool) {
        let cost = self.cost(region);
        if booked {
            ledger.add(cost);
        }
        pool.lease(cost);
        self.reading += 1;
        self.unused += 1;
        let entry = &mut self.entries[region as usize];
        (entry.state, entry.booked, entry.used) = (State::Reading, booked, false);
    }

    /// Reading in advance takes at most half of the room, and leaves the rest to tasks.
    fn fits_in_advance(&self, ledger: &Ledger, promised: u64, region: u32) -> bool {
        self.unused < self.unused_limit && self.cost(region) <= ledger.room().saturating_sub(promised) / 2
    }

    /// Drops requests that were answered otherwise.
    fn clean(&mut self) {
        for queue in [&mut self.demanded, &mut self.advance] {
            while let Some(&Reverse((_, region))) = queue.peek() {
                let entry = &self.entries[region as usize];
                if entry.state == State::Queued && entry.left > 0 {
                    break;
                }
                queue.pop();
            }
        }
    }

    /// A region was read. Returns the tasks parked on it.
    pub fn end_read(&mut self, pool: &Pool, ledger: &mut Ledger, region: u32, block: Block) -> Vec<u32> {
        self.reading -= 1;
        let entry = &mut self.entries[region as usize];
        pool.release(entry.scratch);
        entry.state = State::Present;
        entry.block = Some(Arc::new(block));
        if entry.booked {
            ledger.subtract(entry.scratch);
            self.idle.insert((self.users[entry.next as usize], region));
        }
        std::mem::take(&mut entry.waiting)
    }

    /// Bytes a task must have booked before it uses a region.
    pub fn unbooked(&self, region: u32) -> u64 {
        let entry = &self.entries[region as usize];
        if entry.booked { 0 } else { entry.bytes }
    }

    /// A starting task uses a region that is present; `book` unless it is the front of the run. The last user gets it
    /// for its own.
    pub fn take(
        &mut self,
        ledger: &mut Ledger,
        region: u32,
        book: bool,
        started: impl Fn(u32) -> bool,
    ) -> Option<Arc<Block>> {
        let end = self.users_at[region as usize + 1];
        let entry = &mut self.entries[region as usize];
        if entry.in_use == 0 && entry.booked {
            self.idle.remove(&(self.users[entry.next as usize], region));
        }
        if !std::mem::replace(&mut entry.used, true) {
            self.unused -= 1;
        }
        if book && !entry.booked {
            entry.booked = true;
            ledger.add(entry.bytes);
        }
        entry.in_use += 1;
        while entry.next < end && started(self.users[entry.next as usize]) {
            entry.next += 1;
        }
        if entry.left == 1 { entry.block.take() } else { entry.block.clone() }
    }

    /// A finished task used a region. Returns a block whose memory is free.
    pub fn put_back(&mut self, pool: &Pool, ledger: &mut Ledger, region: u32) -> Option<Arc<Block>> {
        let entry = &mut self.entries[region as usize];
        entry.in_use -= 1;
        entry.left -= 1;
        if entry.in_use > 0 {
            return None;
        }
        if entry.left > 0 && !entry.booked && entry.bytes <= ledger.room() {
            entry.booked = true;
            ledger.add(entry.bytes);
        }
        if entry.left > 0 && entry.booked {
            self.idle.insert((self.users[entry.next as usize], region));
            return None;
        }
        self.forget(pool, ledger, region)
    }

    /// Makes room for bytes that a task wants, letting go of idle regions that are needed after it.
    pub fn make_room(&mut self, pool: &Pool, ledger: &mut Ledger, bytes: u64, task: u32) -> bool {
        if !self.could_make_room(ledger, bytes, task) {
            return false;
        }
        while bytes > ledger.room() {
            let Some((_, region)) = self.idle.pop_last() else { return false };
            if let Some(block) = self.forget(pool, ledger, region) {
                pool.recycle(block);
            }
        }
        true
    }

    /// Whether [`Regions::make_room`] would succeed.
    pub fn could_make_room(&self, ledger: &Ledger, bytes: u64, task: u32) -> bool {
        let mut short = bytes.saturating_sub(ledger.room());
        let mut later = self.idle.range((task + 1, 0)..).rev();
        while short > 0 {
            let Some(&(_, region)) = later.next() else { return false };
            short = short.saturating_sub(self.entries[region as usize].bytes);
        }
        true
    }

    fn forget(&mut self, pool: &Pool, ledger: &mut Ledger, region: u32) -> Option<Arc<Block>> {
        let entry = &mut self.entries[region as usize];
        if std::mem::take(&mut entry.booked) {
            ledger.subtract(entry.bytes);
        }
        if !entry.used {
            self.unused -= 1;
        }
        pool.release(entry.bytes);
        entry.state = State::Absent;
        entry.block.take()
    }
}
