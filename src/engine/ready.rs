//! The tasks that could start, first in the serial order first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A queue by number. Most tasks of a wide graph are ready from the start: those lie in order, and only what becomes
/// ready later goes through a heap, which stays small.
#[derive(Debug)]
pub struct Ready {
    /// Ready from the start, the next one last.
    start: Vec<u32>,
    later: BinaryHeap<Reverse<u32>>,
}

impl Ready {
    /// A queue of these tasks, given in order.
    pub fn new(tasks: impl DoubleEndedIterator<Item = u32>) -> Ready {
        Ready { start: tasks.rev().collect(), later: BinaryHeap::new() }
    }

    pub fn peek(&self) -> Option<u32> {
        match (self.start.last(), self.later.peek()) {
            (Some(&a), Some(&Reverse(b))) => Some(a.min(b)),
            (Some(&a), None) => Some(a),
            (None, later) => later.map(|&Reverse(b)| b),
        }
    }

    pub fn pop(&mut self) -> Option<u32> {
        let next = self.peek()?;
        if self.start.last() == Some(&next) {
            return self.start.pop();
        }
        self.later.pop().map(|Reverse(task)| task)
    }

    pub fn push(&mut self, task: u32) {
        self.later.push(Reverse(task));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_come_in_order_whenever_they_became_ready() {
        let mut ready = Ready::new([2, 5, 9].into_iter());
        ready.push(7);
        ready.push(1);
        assert_eq!(ready.peek(), Some(1));
        assert_eq!((ready.pop(), ready.pop(), ready.pop()), (Some(1), Some(2), Some(5)));
        ready.push(5);
        assert_eq!(std::iter::from_fn(|| ready.pop()).collect::<Vec<_>>(), [5, 7, 9]);
    }
}
