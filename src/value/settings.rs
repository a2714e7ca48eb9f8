//! What the user has set about how values are shown and when they wait.

/// In which notation numbers are shown (`format`); how many digits is [`Settings::precision`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NumberFormat {
    /// Fixed decimals, exponents where that grows too wide: `format short`, `format long`.
    #[default]
    Fixed,
    /// Always an exponent: `format short e`.
    Exponent,
    /// For each number the shorter of the two: `format short g`.
    General,
}

/// Settings that display and builtins heed.
#[derive(Debug, Clone)]
pub struct Settings {
    pub format: NumberFormat,
    /// Significant digits of a shown double (`output_precision`): 5 for `format short`, 16 for `format long`.
    pub precision: usize,
    /// Columns of the terminal, 80 when output is not one.
    pub columns: usize,
    /// An operation whose operands are dense stays dense while its result has at most this many bytes; 0 makes
    /// every array result lazy.
    pub dense_limit: u64,
    /// No blank line between a name and the rows below it (`format compact`).
    pub compact: bool,
    pub split_long_rows: bool,
    pub print_empty_dimensions: bool,
}

impl Settings {
    /// The digits of `format short`.
    pub const SHORT: usize = 5;
    /// The digits of `format long`.
    pub const LONG: usize = 16;
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            format: NumberFormat::Fixed,
            precision: Settings::SHORT,
            columns: 80,
            dense_limit: 64 << 20,
            compact: false,
            split_long_rows: true,
            print_empty_dimensions: true,
        }
    }
}
