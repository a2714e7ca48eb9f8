//! Elementwise functions of scalars: one row each. The kernels, the type rules and the builtins all read this table.
//!
//! The table says what a function is called, how many operands it takes and which type comes out ([`Rule`]); the
//! files beside it say what it computes: [`eval_f64`] on reals, [`eval_c64`] on complex numbers, [`eval_exact`] where
//! 64-bit integers take part. Knows nothing of arrays, tiles or vector registers.

mod complex;
mod complex_elementary;
pub mod elementary;
mod integer;
pub mod lanes;
pub mod real;
pub mod special;

pub use complex::{compare_complex, eval_c64, multiply};
pub use integer::{Exact, eval_exact, saturate};
pub use real::{eval_f64, round_to};

use super::DType;
use serde::{Deserialize, Serialize};

/// How the type of a result follows from the types of the operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// `+`: integers win over floats, single over double; logical and char count as double.
    Arithmetic,
    /// As arithmetic, without logical and char.
    Modulo,
    /// As arithmetic; two logicals stay logical, char only goes with char.
    Extremum,
    /// Any two operands; a truth value comes out.
    Comparison,
    /// Real floats or integers, as floats.
    Angle,
    /// Lengths: real floats come out, of complex operands too.
    Length,
    /// Bit patterns: as arithmetic, two logicals stay logical, no char and nothing complex.
    Bits,
    /// A bit pattern and a number of places; the type of the pattern.
    Shift,
    /// Type stays; logical and char become double.
    Keep,
    /// As [`Rule::Keep`], and complex becomes real.
    Part,
    /// Integers, logical and char become double; floats stay.
    Float,
    /// As [`Rule::Float`], real operands only.
    FloatReal,
    /// As [`Rule::Float`], and complex becomes real.
    FloatPart,
    /// A truth value about one element.
    Predicate,
    /// Real and imaginary part.
    MakeComplex,
    /// The instruction names the type; the first operand's type if asked.
    Cast,
    /// Truth value, then two operands of one type (or arithmetic between them).
    Select,
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The function's name in the language; empty where only the compiler uses it.
    pub name: &'static str,
    pub arity: usize,
    pub rule: Rule,
    /// Rough cost in additions.
    pub flops: u64,
    /// What it is, in a line.
    pub help: &'static str,
}

macro_rules! scalar_functions {
    ($($id:ident $name:literal $arity:literal $rule:ident $flops:literal $help:literal;)*) => {
        /// A function of one, two or three scalars.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum ScalarFn {
            $(#[doc = $help] $id,)*
        }

        impl ScalarFn {
            /// Every function, in the order of the table.
            pub const ALL: &'static [ScalarFn] = &[$(ScalarFn::$id),*];

            /// The function's line of the table.
            pub const fn row(self) -> Row {
                match self {
                    $(ScalarFn::$id => Row { name: $name, arity: $arity, rule: Rule::$rule, flops: $flops, help: $help },)*
                }
            }
        }
    };
}

scalar_functions! {
    Add      "plus"    2 Arithmetic  1 "Sum of two elements.";
    Sub      "minus"   2 Arithmetic  1 "Difference of two elements.";
    Mul      "times"   2 Arithmetic  1 "Product of two elements.";
    Div      "rdivide" 2 Arithmetic  4 "Quotient of two elements; integers round to the nearest.";
    Pow      "power"   2 Arithmetic 30 "First element raised to the second.";
    Min      "min"     2 Extremum    1 "The lesser of two elements, NaN skipped.";
    Max      "max"     2 Extremum    1 "The greater of two elements, NaN skipped.";
    Mod      "mod"     2 Modulo      8 "Remainder of the division with the sign of the divisor.";
    Rem      "rem"     2 Modulo      8 "Remainder of the division with the sign of the dividend.";
    Atan2    "atan2"   2 Angle      40 "Angle of the point (x, y), arguments y first.";
    Hypot    "hypot"   2 Length     10 "Length of the hypotenuse, without overflow on the way.";
    Eq       "eq"      2 Comparison  1 "Whether two elements are equal.";
    Ne       "ne"      2 Comparison  1 "Whether two elements differ.";
    Lt       "lt"      2 Comparison  1 "Whether the first element is less than the second.";
    Le       "le"      2 Comparison  1 "Whether the first element is at most the second.";
    Gt       "gt"      2 Comparison  1 "Whether the first element is greater than the second.";
    Ge       "ge"      2 Comparison  1 "Whether the first element is at least the second.";
    And      "and"     2 Comparison  1 "Whether both elements are nonzero.";
    Or       "or"      2 Comparison  1 "Whether one of two elements is nonzero.";
    Xor      "xor"     2 Comparison  1 "Whether exactly one of two elements is nonzero.";
    BitAnd   "bitand"  2 Bits        2 "Bits that are set in both elements.";
    BitOr    "bitor"   2 Bits        2 "Bits that are set in one of two elements.";
    BitXor   "bitxor"  2 Bits        2 "Bits that are set in exactly one of two elements.";
    BitShift "bitshift" 2 Shift      2 "Bits moved up by a number of places, down if it is negative.";
    Neg      "uminus"  1 Keep        1 "The element with its sign changed.";
    Not      "not"     1 Predicate   1 "Whether the element is zero.";
    Abs      "abs"     1 Part        1 "Absolute value; length of a complex number.";
    Sign     "sign"    1 Keep        1 "-1, 0 or 1 by the sign; direction of a complex number.";
    Floor    "floor"   1 Keep        1 "The greatest integer that is not above.";
    Ceil     "ceil"    1 Keep        1 "The least integer that is not below.";
    Round    "round"   1 Keep        2 "The nearest integer, halves away from zero.";
    Fix      "fix"     1 Keep        1 "The integer next towards zero.";
    Real     "real"    1 Part        1 "Real part.";
    Imag     "imag"    1 Part        1 "Imaginary part.";
    Conj     "conj"    1 Keep        1 "Complex conjugate.";
    Arg      "arg"     1 FloatPart  40 "Angle of a complex number, from -pi to pi.";
    Complex  "complex" 2 MakeComplex 1 "Complex number from real and imaginary part.";
    IsNan    "isnan"   1 Predicate   1 "Whether the element is not a number.";
    IsInf    "isinf"   1 Predicate   1 "Whether the element is infinite.";
    IsFinite "isfinite" 1 Predicate  1 "Whether the element is neither infinite nor NaN.";
    Sqrt     "sqrt"    1 Float       8 "Square root.";
    Cbrt     "cbrt"    1 FloatReal  30 "Real cube root.";
    Exp      "exp"     1 Float      20 "Exponential function.";
    Expm1    "expm1"   1 Float      30 "exp (x) - 1, exact near zero.";
    Log      "log"     1 Float      20 "Natural logarithm.";
    Log2     "log2"    1 Float      25 "Logarithm to base 2.";
    Log10    "log10"   1 Float      25 "Logarithm to base 10.";
    Log1p    "log1p"   1 Float      25 "log (1 + x), exact near zero.";
    Sin      "sin"     1 Float      20 "Sine of an angle in radians.";
    Cos      "cos"     1 Float      20 "Cosine of an angle in radians.";
    Tan      "tan"     1 Float      30 "Tangent of an angle in radians.";
    Sec      "sec"     1 Float      24 "1 / cos (x).";
    Csc      "csc"     1 Float      24 "1 / sin (x).";
    Cot      "cot"     1 Float      34 "1 / tan (x).";
    Asin     "asin"    1 Float      40 "Inverse sine, in radians.";
    Acos     "acos"    1 Float      40 "Inverse cosine, in radians.";
    Atan     "atan"    1 Float      40 "Inverse tangent, in radians.";
    Asec     "asec"    1 Float      44 "Inverse secant, in radians.";
    Acsc     "acsc"    1 Float      44 "Inverse cosecant, in radians.";
    Acot     "acot"    1 Float      44 "Inverse cotangent, in radians.";
    Sinh     "sinh"    1 Float      40 "Hyperbolic sine.";
    Cosh     "cosh"    1 Float      40 "Hyperbolic cosine.";
    Tanh     "tanh"    1 Float      40 "Hyperbolic tangent.";
    Sech     "sech"    1 Float      44 "1 / cosh (x).";
    Csch     "csch"    1 Float      44 "1 / sinh (x).";
    Coth     "coth"    1 Float      44 "1 / tanh (x).";
    Asinh    "asinh"   1 Float      40 "Inverse hyperbolic sine.";
    Acosh    "acosh"   1 Float      40 "Inverse hyperbolic cosine.";
    Atanh    "atanh"   1 Float      40 "Inverse hyperbolic tangent.";
    Asech    "asech"   1 Float      44 "Inverse hyperbolic secant.";
    Acsch    "acsch"   1 Float      44 "Inverse hyperbolic cosecant.";
    Acoth    "acoth"   1 Float      44 "Inverse hyperbolic cotangent.";
    Gamma    "gamma"   1 FloatReal  60 "Gamma function.";
    Lgamma   "gammaln" 1 FloatReal  60 "Logarithm of the gamma function.";
    Erf      "erf"     1 Float      40 "Error function.";
    Erfc     "erfc"    1 Float      40 "Complementary error function, 1 - erf (x).";
    Erfcx    "erfcx"   1 Float      50 "Scaled complementary error function, exp (x^2) * erfc (x).";
    Erfi     "erfi"    1 Float      60 "Imaginary error function, -i * erf (i*x).";
    Dawson   "dawson"  1 Float      60 "Dawson's integral, sqrt (pi) / 2 * exp (-x^2) * erfi (x).";
    Erfinv   "erfinv"  1 FloatReal  60 "Inverse error function.";
    Erfcinv  "erfcinv" 1 FloatReal  60 "Inverse complementary error function.";
    Cast     ""        1 Cast        1 "Conversion to the instruction's type.";
    Select   "merge"   3 Select      1 "`mask ? a : b`.";
}

impl ScalarFn {
    /// Number of operands.
    pub const fn arity(self) -> usize {
        self.row().arity
    }

    /// The function's name in the language.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The function of this name (`gammaln` and `lgamma` are one, so are `arg` and `angle`, `fix` and `trunc`).
    pub fn from_name(name: &str) -> Option<ScalarFn> {
        match name {
            "" => None,
            "angle" => Some(ScalarFn::Arg),
            "lgamma" => Some(ScalarFn::Lgamma),
            _ => ScalarFn::ALL.iter().copied().find(|f| f.name() == name),
        }
    }

    /// Whether real operands can have a result that is not real.
    pub const fn may_leave_reals(self) -> bool {
        use ScalarFn::*;
        matches!(
            self,
            Sqrt | Log
                | Log2
                | Log10
                | Log1p
                | Pow
                | Asin
                | Acos
                | Asec
                | Acsc
                | Acosh
                | Atanh
                | Asech
                | Acoth
                | Lgamma
        )
    }

    /// The type of the result for operands of these types; `None` where the language has no such operation. Functions
    /// that may leave the reals ([`ScalarFn::may_leave_reals`]) are taken to stay there.
    pub fn result_type(self, args: &[DType]) -> Option<DType> {
        let row = self.row();
        if args.len() != row.arity {
            return None;
        }
        let textual = args.iter().any(|d| matches!(d, DType::Char));
        let truth = args.iter().all(|d| matches!(d, DType::Bool));
        let complex = args.iter().any(|d| d.is_complex());
        match row.rule {
            Rule::Arithmetic => arithmetic(args),
            Rule::Modulo if textual || complex || args.contains(&DType::Bool) => None,
            Rule::Modulo => arithmetic(args),
            Rule::Extremum if truth => Some(DType::Bool),
            Rule::Extremum if textual && args.iter().any(|&d| d != DType::Char) => None,
            Rule::Extremum => arithmetic(args),
            Rule::Comparison | Rule::Predicate => Some(DType::Bool),
            Rule::Angle if complex || textual || args.contains(&DType::Bool) => None,
            Rule::Angle | Rule::Length => Some(floating(args).real()),
            Rule::Bits if textual || complex => None,
            Rule::Bits if truth => Some(DType::Bool),
            Rule::Bits => arithmetic(args),
            Rule::Shift if textual || complex || args[0] == DType::Bool => None,
            Rule::Shift => Some(args[0]),
            Rule::Keep => Some(number(args[0])),
            Rule::Part => Some(number(args[0]).real()),
            Rule::Float => Some(floating(args)),
            Rule::FloatReal if complex => None,
            Rule::FloatReal => Some(floating(args)),
            Rule::FloatPart => Some(floating(args).real()),
            Rule::MakeComplex if complex => None,
            Rule::MakeComplex => Some(floating(args).complex()),
            Rule::Cast => Some(args[0]),
            Rule::Select if args[1] == args[2] => Some(args[1]),
            Rule::Select => arithmetic(&args[1..]),
        }
    }
}

/// Logical and char as the numbers they stand for.
fn number(x: DType) -> DType {
    if matches!(x, DType::Bool | DType::Char) { DType::F64 } else { x }
}

/// The float type that holds a function of operands of these types.
fn floating(args: &[DType]) -> DType {
    let complex = args.iter().any(|d| d.is_complex());
    let real = if args.iter().any(|d| d.is_single()) { DType::F32 } else { DType::F64 };
    if complex { real.complex() } else { real }
}

/// The type of a sum of operands of these types.
fn arithmetic(args: &[DType]) -> Option<DType> {
    let Some(&integer) = args.iter().find(|d| d.is_integer()) else { return Some(floating(args)) };
    let fits = args.iter().all(|&d| d == integer || !(d.is_integer() || d.is_complex()));
    fits.then_some(integer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DType::*;

    #[test]
    fn types_follow_octave() {
        let cases: &[(ScalarFn, &[DType], Option<DType>)] = &[
            (ScalarFn::Add, &[I8, F64], Some(I8)),
            (ScalarFn::Add, &[I8, I16], None),
            (ScalarFn::Add, &[I8, C64], None),
            (ScalarFn::Add, &[F32, F64], Some(F32)),
            (ScalarFn::Add, &[F32, C64], Some(C32)),
            (ScalarFn::Add, &[Bool, Char], Some(F64)),
            (ScalarFn::Max, &[Bool, Bool], Some(Bool)),
            (ScalarFn::Max, &[Char, Char], Some(F64)),
            (ScalarFn::Max, &[Char, F64], None),
            (ScalarFn::Mod, &[Bool, F64], None),
            (ScalarFn::Mod, &[F64, I8], Some(I8)),
            (ScalarFn::Atan2, &[F32, I8], Some(F32)),
            (ScalarFn::Lt, &[I8, I16], Some(Bool)),
            (ScalarFn::Abs, &[C32], Some(F32)),
            (ScalarFn::Abs, &[I8], Some(I8)),
            (ScalarFn::Exp, &[I8], Some(F64)),
            (ScalarFn::Exp, &[C64], Some(C64)),
            (ScalarFn::Arg, &[C32], Some(F32)),
            (ScalarFn::Erf, &[C64], Some(C64)),
            (ScalarFn::BitAnd, &[Bool, Bool], Some(Bool)),
            (ScalarFn::BitAnd, &[F64, Bool], Some(F64)),
            (ScalarFn::Complex, &[I8, F32], Some(C32)),
            (ScalarFn::Neg, &[Bool], Some(F64)),
            (ScalarFn::Select, &[Bool, I8, I8], Some(I8)),
        ];
        for (f, args, expected) in cases {
            assert_eq!(f.result_type(args), *expected, "{f:?} {args:?}");
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<&str> = ScalarFn::ALL.iter().map(|f| f.name()).filter(|n| !n.is_empty()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
