//! Balances `if ... end`: the grammar behind this layer sees every block closed exactly once.
//!
//! The many words for an end become [`Token::BlockEnd`] and [`Token::FunctionEnd`]. A missing end is reported at the
//! block that lacks it and put in; an end too many is reported and left out. Indentation is heeded in messages alone.

use super::lexer::MAX_NESTING;
use super::token::{Keyword, Sep, Spanned, Token};
use crate::diag::{Diagnostic, Fault, SourceId, Span};

/// The balanced tokens.
pub struct Balanced {
    pub tokens: Vec<Spanned>,
    pub errors: Vec<Fault>,
    /// The blocks are right so far, and the text ends inside one, or in a function that no `end` closes.
    pub incomplete: bool,
}

/// Balances the tokens of one text.
pub fn balance(tokens: Vec<Spanned>, text: &str, source: SourceId) -> Balanced {
    let function_ends = functions_have_ends(&tokens);
    let mut balancer = Balancer {
        text,
        source,
        function_ends,
        out: Vec::with_capacity(tokens.len()),
        open: Vec::new(),
        askew: Vec::new(),
        errors: Vec::new(),
    };
    for spanned in tokens {
        if !balancer.token(spanned) {
            break;
        }
    }
    balancer.finish()
}

/// Whether the functions of this text are closed by `end`, all of them or none: the reading that leaves fewer blocks
/// unbalanced is right.
fn functions_have_ends(tokens: &[Spanned]) -> bool {
    let (mut depth_with, mut excess_with) = (0usize, 0usize);
    let (mut depth_without, mut wrong_without) = (0usize, 0usize);
    for spanned in tokens {
        let Token::Keyword(keyword) = spanned.token else { continue };
        if keyword == Keyword::EndFunction {
            return true;
        }
        if keyword == Keyword::Function {
            wrong_without += std::mem::take(&mut depth_without);
            depth_with += 1;
        } else if opens(keyword) {
            depth_with += 1;
            depth_without += 1;
        } else if ends(keyword) {
            excess_with += usize::from(depth_with == 0);
            depth_with = depth_with.saturating_sub(1);
            wrong_without += usize::from(depth_without == 0);
            depth_without = depth_without.saturating_sub(1);
        }
    }
    depth_with + excess_with <= depth_without + wrong_without
}

fn opens(keyword: Keyword) -> bool {
    use Keyword::*;
    matches!(keyword, If | While | For | Parfor | Do | Switch | Function | Try | UnwindProtect)
}

fn ends(keyword: Keyword) -> bool {
    keyword == Keyword::End || keyword.closes().is_some()
}

/// The block whose part this keyword begins.
fn divides(keyword: Keyword) -> Option<Keyword> {
    use Keyword::*;
    Some(match keyword {
        Elseif | Else => If,
        Case | Otherwise => Switch,
        Catch => Try,
        Cleanup => UnwindProtect,
        _ => return None,
    })
}

#[derive(Debug, Clone, Copy)]
struct Open {
    keyword: Keyword,
    start: usize,
    /// Blanks before it, when it stands first on its line.
    indent: Option<usize>,
}

/// A block whose end stands further left than its beginning: the place to look for a missing end.
#[derive(Debug, Clone, Copy)]
struct Askew {
    open: Open,
    end: (usize, usize),
    indent: usize,
}

struct Balancer<'a> {
    text: &'a str,
    source: SourceId,
    function_ends: bool,
    out: Vec<Spanned>,
    open: Vec<Open>,
    askew: Vec<Askew>,
    errors: Vec<Fault>,
}

impl Balancer<'_> {
    /// Takes one token; false when the rest of the text is given up.
    fn token(&mut self, spanned: Spanned) -> bool {
        let Token::Keyword(keyword) = spanned.token else {
            self.out.push(spanned);
            return true;
        };
        if opens(keyword) {
            return self.opening(keyword, spanned);
        }
        if ends(keyword) {
            self.ending(keyword, spanned);
        } else if let Some(owner) = divides(keyword) {
            self.dividing(keyword, owner, spanned);
        } else {
            if matches!(keyword, Keyword::Break | Keyword::Continue) && !self.in_loop() {
                let message = format!("parse error: {} must appear within a loop", keyword.word());
                self.errors.push(Diagnostic::new(message).at(self.span(spanned.start, spanned.end)));
            }
            self.out.push(spanned);
        }
        true
    }

    fn opening(&mut self, keyword: Keyword, spanned: Spanned) -> bool {
        let indent = self.indent(spanned.start);
        if keyword == Keyword::Function {
            self.function_begins(&spanned, indent);
        }
        if self.open.len() == MAX_NESTING {
            let message = format!("parse error: blocks are nested more than {MAX_NESTING} deep");
            self.errors.push(Diagnostic::new(message).at(self.span(spanned.start, spanned.end)));
            self.close_above(0, spanned.start);
            return false;
        }
        if self.open.is_empty() {
            self.askew.clear();
        }
        self.open.push(Open { keyword, start: spanned.start, indent });
        self.out.push(spanned);
        true
    }

    /// A function is no part of another one: what is still open ends before it.
    fn function_begins(&mut self, spanned: &Spanned, indent: Option<usize>) {
        let Some(outer) = self.open.iter().rposition(|open| open.keyword == Keyword::Function) else { return };
        if !self.function_ends {
            self.unclosed_above(outer + 1);
            self.close_above(outer, spanned.start);
        } else if indent <= self.open.last().and_then(|open| open.indent) {
            let innermost = self.open.len() - 1;
            self.unclosed_above(innermost);
            self.close_above(outer, spanned.start);
        } else {
            let fault = Diagnostic::new("parse error: a function cannot be defined inside another function")
                .at(self.span(spanned.start, spanned.end))
                .label(self.span_of(self.open[outer]), "inside this one")
                .hint("define it behind the other one, or as an anonymous function: f = @(x) ...");
            self.errors.push(fault);
        }
    }

    fn ending(&mut self, keyword: Keyword, spanned: Spanned) {
        let place = self.span(spanned.start, spanned.end);
        let word = keyword.word();
        let owner = match keyword.closes() {
            None => self.open.len().checked_sub(1),
            Some(owner) => self.open.iter().rposition(|open| open.keyword == owner),
        };
        let closable = |level: &usize| self.function_ends || self.open[*level].keyword != Keyword::Function;
        let Some(level) = owner.filter(closable) else {
            match self.open.last().copied().filter(|open| self.function_ends || open.keyword != Keyword::Function) {
                Some(open) if keyword != Keyword::Until => {
                    let message = format!("parse error: `{word}` cannot close this `{}`", open.keyword.word());
                    let fault = Diagnostic::new(message).at(place).label(self.span_of(open), "opened here");
                    self.errors.push(fault);
                    self.close_above(self.open.len() - 1, spanned.start);
                }
                _ => {
                    let message = format!("parse error: `{word}` closes nothing: no block is open here");
                    self.errors.push(Diagnostic::new(message).at(place));
                }
            }
            return;
        };
        if level + 1 < self.open.len() {
            self.unclosed_above(level + 1);
            self.close_above(level + 1, spanned.start);
        }
        let Some(open) = self.open.pop() else { return };
        if open.keyword == Keyword::Do && keyword == Keyword::End {
            let fault = Diagnostic::new("parse error: `do` is closed by `until CONDITION`, not by `end`")
                .at(place)
                .label(self.span_of(open), "opened here");
            self.errors.push(fault);
        }
        if let (Some(outside), Some(inside)) = (self.indent(spanned.start), open.indent)
            && outside < inside
        {
            self.askew.push(Askew { open, end: (spanned.start, spanned.end), indent: outside });
        }
        let token = match (keyword, open.keyword) {
            (Keyword::Until, _) => Token::Keyword(keyword),
            (_, Keyword::Function) => Token::FunctionEnd,
            _ => Token::BlockEnd,
        };
        self.out.push(Spanned { token, ..spanned });
    }

    fn dividing(&mut self, keyword: Keyword, owner: Keyword, spanned: Spanned) {
        let functions = self.open.iter().rposition(|open| open.keyword == Keyword::Function).map_or(0, |at| at + 1);
        match self.open[functions..].iter().rposition(|open| open.keyword == owner) {
            Some(level) => {
                let level = functions + level;
                if level + 1 < self.open.len() {
                    self.unclosed_above(level + 1);
                    self.close_above(level + 1, spanned.start);
                }
                self.out.push(spanned);
            }
            None => {
                let message = format!("parse error: `{}` without `{}`", keyword.word(), owner.word());
                self.errors.push(Diagnostic::new(message).at(self.span(spanned.start, spanned.end)));
            }
        }
    }

    fn in_loop(&self) -> bool {
        let inner = self.open.iter().rev().take_while(|open| open.keyword != Keyword::Function);
        inner
            .into_iter()
            .any(|open| matches!(open.keyword, Keyword::While | Keyword::For | Keyword::Parfor | Keyword::Do))
    }

    /// Reports the blocks from `level` on as never closed.
    fn unclosed_above(&mut self, level: usize) {
        for at in level..self.open.len() {
            let open = self.open[at];
            // An end further left than its own block, lined up with this one, was meant for this one.
            let meant =
                self.askew.iter().find(|askew| askew.open.start > open.start && Some(askew.indent) == open.indent);
            let (culprit, taken) = match meant {
                Some(&askew) => (askew.open, Some(askew.end)),
                None => (open, None),
            };
            let word = culprit.keyword.word();
            let mut fault =
                Diagnostic::new(format!("parse error: this `{word}` is never closed")).at(self.span_of(culprit));
            if let Some((start, end)) = taken {
                let remark = format!("this closes the inner `{word}`, but is lined up with `{}`", open.keyword.word());
                fault = fault.label(self.span(start, end), remark);
            }
            let ending = match culprit.keyword {
                Keyword::Do => "`until CONDITION`",
                _ => "`end`",
            };
            self.errors.push(fault.hint(format!("close the `{word}` with {ending}")));
        }
    }

    /// Puts in the ends of the blocks from `level` on.
    fn close_above(&mut self, level: usize, at: usize) {
        while self.open.len() > level {
            let Some(open) = self.open.pop() else { break };
            let token = if open.keyword == Keyword::Function { Token::FunctionEnd } else { Token::BlockEnd };
            self.out.push(Spanned { token, start: at, end: at });
            self.out.push(Spanned { token: Token::Sep(Sep::Implied), start: at, end: at });
        }
    }

    fn finish(mut self) -> Balanced {
        let end = self.text.len();
        let incomplete = !self.open.is_empty() && self.errors.is_empty();
        let bare_function = !self.function_ends && self.open.first().is_some_and(|o| o.keyword == Keyword::Function);
        self.unclosed_above(usize::from(bare_function));
        self.close_above(0, end);
        Balanced { tokens: self.out, errors: self.errors, incomplete }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, start, end)
    }

    fn span_of(&self, open: Open) -> Span {
        self.span(open.start, open.start + open.keyword.word().len())
    }

    /// The blanks before a token that comes next, when it is the first of its line.
    fn indent(&self, at: usize) -> Option<usize> {
        match self.out.last() {
            None => Some(at),
            Some(Spanned { token: Token::Sep(Sep::Newline), end, .. }) => Some(at - end),
            Some(_) => None,
        }
    }
}
