//! Layers of an axis by index: which runs of layers of the input a region needs.

/// Runs of layers that a list of indices needs, and where each index lies in them, put one behind the other.
pub struct Runs {
    /// First layer and number of layers, ascending.
    pub runs: Vec<(usize, usize)>,
    pub places: Vec<u64>,
}

/// More runs make a task too long.
const MOST_RUNS: usize = 512;

/// The runs that some indices (from 0) need; layers between two of them are read too where they are at most `gap`, or where
/// there would be too many runs.
pub fn runs(indices: &[u64], gap: usize) -> Runs {
    let mut sorted: Vec<usize> = indices.iter().map(|&i| i as usize).collect();
    sorted.sort_unstable();
    sorted.dedup();
    let mut gaps: Vec<usize> = sorted.windows(2).map(|w| w[1] - w[0] - 1).filter(|&g| g > gap).collect();
    let bridged = match gaps.len().checked_sub(MOST_RUNS - 1).filter(|&more| more > 0) {
        Some(more) => *gaps.select_nth_unstable(more - 1).1,
        None => gap,
    };
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &layer in &sorted {
        match runs.last_mut() {
            Some((start, len)) if layer - (*start + *len) <= bridged => *len = layer + 1 - *start,
            _ => runs.push((layer, 1)),
        }
    }
    let mut before = Vec::with_capacity(runs.len());
    let mut total = 0;
    for &(start, len) in &runs {
        before.push((start, total));
        total += len;
    }
    let place = |index: u64| {
        let (start, at) = before[before.partition_point(|&(start, _)| start <= index as usize) - 1];
        (at + index as usize - start) as u64
    };
    let places = indices.iter().map(|&i| place(i)).collect();
    Runs { runs, places }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_layers_are_read_together() {
        let found = runs(&[40, 3, 5, 3, 41], 2);
        assert_eq!(found.runs, [(3, 3), (40, 2)]);
        assert_eq!(found.places, [3, 0, 2, 0, 4]);
        assert_eq!(runs(&[], 2).runs, []);
    }

    #[test]
    fn runs_are_not_too_many() {
        let every_tenth: Vec<u64> = (0..5000).map(|k| k * 10 + k / 2500).collect();
        let found = runs(&every_tenth, 0);
        assert!(found.runs.len() <= MOST_RUNS, "{}", found.runs.len());
        for (&index, &place) in every_tenth.iter().zip(&found.places) {
            let mut left = place as usize;
            let run = found.runs.iter().find(|(_, len)| {
                if left < *len {
                    true
                } else {
                    left -= len;
                    false
                }
            });
            assert_eq!(run.map(|(start, _)| start + left), Some(index as usize));
        }
    }
}
