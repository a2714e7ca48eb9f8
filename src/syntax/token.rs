//! Tokens, raw and final.
//!
//! [`Raw`] is what `logos` finds without knowing what stands around it: a quote is a quote, a blank is a blank.
//! [`Token`] is what the grammar reads, after [`super::lexer`] has settled what quotes, blanks and line ends mean.

use super::ast::{BinaryOp, Name};
use logos::Logos;
use std::fmt;

/// A piece of text seen alone.
#[derive(Logos, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raw {
    #[regex(r"[ \t\f\x0B]+")]
    Blank,
    #[regex(r"\r\n|\n|\r")]
    Newline,
    /// The rest of the line is a comment; so is the line end.
    #[regex(r"\.\.\.[^\r\n]*(\r\n|\n|\r)?", allow_greedy = true)]
    #[regex(r"\\[ \t]*([%#][^\r\n]*)?(\r\n|\n|\r)", allow_greedy = true)]
    Continuation,
    #[regex(r"[%#][^\r\n]*", allow_greedy = true)]
    Comment,
    #[regex(r"[A-Za-z_][A-Za-z0-9_]*")]
    Word,
    /// The start of a number; [`super::literal`] finds its end.
    #[regex(r"[0-9]|\.[0-9]")]
    Digit,
    #[token("'")]
    Quote,
    #[token("\"")]
    DoubleQuote,
    #[token(".'")]
    DotQuote,
    #[token("(")]
    LParen,
    #[token(")")]
    RParen,
    #[token("[")]
    LBracket,
    #[token("]")]
    RBracket,
    #[token("{")]
    LBrace,
    #[token("}")]
    RBrace,
    #[token(",")]
    Comma,
    #[token(";")]
    Semicolon,
    #[token(":")]
    Colon,
    #[token(".")]
    Dot,
    #[token("@")]
    At,
    #[token("!")]
    #[token("~")]
    Not,
    #[token("=")]
    Assign,
    #[token("+")]
    Plus,
    #[token("-")]
    Minus,
    #[token("++")]
    PlusPlus,
    #[token("--")]
    MinusMinus,
    #[token("&&")]
    AndAnd,
    #[token("||")]
    OrOr,
    #[token("&", |_| BinaryOp::And)]
    #[token("|", |_| BinaryOp::Or)]
    #[token("*", |_| BinaryOp::Mul)]
    #[token("/", |_| BinaryOp::Div)]
    #[token("\\", |_| BinaryOp::LeftDiv)]
    #[token("^", |_| BinaryOp::Pow)]
    #[token("**", |_| BinaryOp::Pow)]
    #[token(".*", |_| BinaryOp::ElMul)]
    #[token("./", |_| BinaryOp::ElDiv)]
    #[token(".\\", |_| BinaryOp::ElLeftDiv)]
    #[token(".^", |_| BinaryOp::ElPow)]
    #[token(".**", |_| BinaryOp::ElPow)]
    #[token("<", |_| BinaryOp::Lt)]
    #[token("<=", |_| BinaryOp::Le)]
    #[token("==", |_| BinaryOp::Eq)]
    #[token("!=", |_| BinaryOp::Ne)]
    #[token("~=", |_| BinaryOp::Ne)]
    #[token(">=", |_| BinaryOp::Ge)]
    #[token(">", |_| BinaryOp::Gt)]
    Binary(BinaryOp),
    #[token("+=", |_| BinaryOp::Add)]
    #[token("-=", |_| BinaryOp::Sub)]
    #[token("*=", |_| BinaryOp::Mul)]
    #[token("/=", |_| BinaryOp::Div)]
    #[token("\\=", |_| BinaryOp::LeftDiv)]
    #[token("^=", |_| BinaryOp::Pow)]
    #[token("**=", |_| BinaryOp::Pow)]
    #[token(".*=", |_| BinaryOp::ElMul)]
    #[token("./=", |_| BinaryOp::ElDiv)]
    #[token(".\\=", |_| BinaryOp::ElLeftDiv)]
    #[token(".^=", |_| BinaryOp::ElPow)]
    #[token("|=", |_| BinaryOp::Or)]
    #[token("&=", |_| BinaryOp::And)]
    Update(BinaryOp),
}

/// A keyword that begins, divides or ends a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keyword {
    If,
    Elseif,
    Else,
    While,
    For,
    Parfor,
    Do,
    Until,
    Switch,
    Case,
    Otherwise,
    Function,
    Try,
    Catch,
    UnwindProtect,
    Cleanup,
    Break,
    Continue,
    Return,
    Global,
    Persistent,
    End,
    EndIf,
    EndWhile,
    EndFor,
    EndParfor,
    EndSwitch,
    EndFunction,
    EndTryCatch,
    EndUnwindProtect,
}

const KEYWORDS: &[(&str, Keyword)] = &[
    ("if", Keyword::If),
    ("elseif", Keyword::Elseif),
    ("else", Keyword::Else),
    ("while", Keyword::While),
    ("for", Keyword::For),
    ("parfor", Keyword::Parfor),
    ("do", Keyword::Do),
    ("until", Keyword::Until),
    ("switch", Keyword::Switch),
    ("case", Keyword::Case),
    ("otherwise", Keyword::Otherwise),
    ("function", Keyword::Function),
    ("try", Keyword::Try),
    ("catch", Keyword::Catch),
    ("unwind_protect", Keyword::UnwindProtect),
    ("unwind_protect_cleanup", Keyword::Cleanup),
    ("break", Keyword::Break),
    ("continue", Keyword::Continue),
    ("return", Keyword::Return),
    ("global", Keyword::Global),
    ("persistent", Keyword::Persistent),
    ("end", Keyword::End),
    ("endif", Keyword::EndIf),
    ("endwhile", Keyword::EndWhile),
    ("endfor", Keyword::EndFor),
    ("endparfor", Keyword::EndParfor),
    ("endswitch", Keyword::EndSwitch),
    ("endfunction", Keyword::EndFunction),
    ("end_try_catch", Keyword::EndTryCatch),
    ("end_unwind_protect", Keyword::EndUnwindProtect),
];

impl Keyword {
    pub fn from_word(word: &str) -> Option<Keyword> {
        KEYWORDS.iter().find(|(text, _)| *text == word).map(|&(_, keyword)| keyword)
    }

    /// As it is written.
    pub fn word(self) -> &'static str {
        KEYWORDS.iter().find(|&&(_, keyword)| keyword == self).map_or("", |&(text, _)| text)
    }

    /// All keywords, as they are written.
    pub fn words() -> impl Iterator<Item = &'static str> {
        KEYWORDS.iter().map(|&(text, _)| text)
    }

    /// An expression follows on the same line, and after it the body.
    pub fn has_header(self) -> bool {
        use Keyword::*;
        matches!(self, If | Elseif | While | For | Parfor | Switch | Case | Function)
    }

    /// The keyword begins a statement, so whatever stood before it is over.
    pub fn begins_statement(self) -> bool {
        use Keyword::*;
        matches!(
            self,
            If | While
                | For
                | Parfor
                | Do
                | Switch
                | Function
                | Try
                | UnwindProtect
                | Break
                | Continue
                | Return
                | Global
                | Persistent
        )
    }

    /// What this end closes; `None` for the plain `end`, which closes anything but `do`, and for other keywords.
    pub fn closes(self) -> Option<Keyword> {
        use Keyword::*;
        Some(match self {
            EndIf => If,
            EndWhile => While,
            EndFor => For,
            EndParfor => Parfor,
            EndSwitch => Switch,
            EndFunction => Function,
            EndTryCatch => Try,
            EndUnwindProtect => UnwindProtect,
            Until => Do,
            _ => return None,
        })
    }
}

/// What ends a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sep {
    Newline,
    Comma,
    Semicolon,
    /// Nothing is written: `if x disp(1)` has one between `x` and `disp`.
    Implied,
}

/// What the grammar reads.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Number(f64),
    Imaginary(f64),
    Integer {
        bits: u64,
        width: u8,
        signed: bool,
    },
    Str {
        text: String,
        double: bool,
    },
    Name(Name),
    /// `@sin`
    Handle(Name),
    /// The name after `catch`.
    CatchName(Name),
    /// A whole statement in command syntax.
    Command {
        name: Name,
        words: Vec<String>,
    },
    Keyword(Keyword),
    /// The end of a block that is not a function; [`super::blocks`] makes it from the many words for it.
    BlockEnd,
    /// The end of a function, written or not.
    FunctionEnd,
    /// `end` as an index.
    EndIndex,
    Sep(Sep),
    /// Between elements and arguments, also where a blank stands for it.
    Comma,
    /// Between the rows of a matrix.
    Row,
    LParen,
    RParen,
    LBracket,
    RBracket,
    LBrace,
    RBrace,
    Colon,
    Dot,
    /// `@` before parameters.
    At,
    Not,
    Assign,
    Update(BinaryOp),
    Plus,
    Minus,
    PlusPlus,
    MinusMinus,
    AndAnd,
    OrOr,
    /// `*`, `/`, `\` and their elementwise forms.
    Multiplicative(BinaryOp),
    /// `^`, `.^`.
    Power(BinaryOp),
    Comparison(BinaryOp),
    And,
    Or,
    CTranspose,
    Transpose,
    /// Text that is no token; a diagnostic was made.
    Error,
}

impl Token {
    /// The token of an operator that is binary wherever it stands.
    pub fn binary(op: BinaryOp) -> Token {
        use BinaryOp::*;
        match op {
            Add => Token::Plus,
            Sub => Token::Minus,
            Mul | Div | LeftDiv | ElMul | ElDiv | ElLeftDiv => Token::Multiplicative(op),
            Pow | ElPow => Token::Power(op),
            Lt | Le | Eq | Ne | Ge | Gt => Token::Comparison(op),
            And => Token::And,
            Or => Token::Or,
        }
    }

    /// A value ends here: a quote directly behind is a transpose, an operator is binary.
    pub fn ends_value(&self) -> bool {
        use Token::*;
        matches!(
            self,
            Number(_)
                | Imaginary(_)
                | Integer { .. }
                | Str { .. }
                | Name(_)
                | Handle(_)
                | EndIndex
                | RParen
                | RBracket
                | RBrace
                | CTranspose
                | Transpose
                | PlusPlus
                | MinusMinus
                | Error
        )
    }
}

/// The token as a message names it.
impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Token::Number(_) | Token::Imaginary(_) | Token::Integer { .. } => "a number",
            Token::Str { .. } => "a string",
            Token::Name(name) | Token::CatchName(name) => return write!(f, "`{name}`"),
            Token::Handle(name) => return write!(f, "`@{name}`"),
            Token::Command { name, .. } => return write!(f, "the command `{name}`"),
            Token::Keyword(keyword) => return write!(f, "`{}`", keyword.word()),
            Token::BlockEnd | Token::FunctionEnd | Token::EndIndex => "`end`",
            Token::Sep(Sep::Newline) => "the end of the line",
            Token::Sep(Sep::Implied) => "the end of the expression",
            Token::Sep(Sep::Semicolon) | Token::Row => "`;`",
            Token::Sep(Sep::Comma) | Token::Comma => "`,`",
            Token::LParen => "`(`",
            Token::RParen => "`)`",
            Token::LBracket => "`[`",
            Token::RBracket => "`]`",
            Token::LBrace => "`{`",
            Token::RBrace => "`}`",
            Token::Colon => "`:`",
            Token::Dot => "`.`",
            Token::At => "`@`",
            Token::Not => "`!`",
            Token::Assign => "`=`",
            Token::Update(op) => return write!(f, "`{}=`", op.symbol()),
            Token::Plus => "`+`",
            Token::Minus => "`-`",
            Token::PlusPlus => "`++`",
            Token::MinusMinus => "`--`",
            Token::AndAnd => "`&&`",
            Token::OrOr => "`||`",
            Token::Multiplicative(op) | Token::Power(op) | Token::Comparison(op) => {
                return write!(f, "`{}`", op.symbol());
            }
            Token::And => "`&`",
            Token::Or => "`|`",
            Token::CTranspose => "`'`",
            Token::Transpose => "`.'`",
            Token::Error => "text that is no part of the language",
        };
        f.write_str(text)
    }
}

/// A token and its bytes in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned {
    pub token: Token,
    pub start: usize,
    pub end: usize,
}
