//! Writing to parts of values: `s(2).a{3}(4,:) = v`, deletion, and the places an assignment names.
//!
//! Indices are evaluated first ([`Step`]s); then the value is changed in place, from the variable inwards, so that
//! nothing is copied that the variable alone holds.

use super::chain;
use super::code::{Link, LinkKind, Part, SetMany, SetPart, Target};
use super::frame::Slot;
use super::interp::{ArgValues, Indices, Interp};
use super::{map, message};
use crate::array::{Data, Shape};
use crate::builtin::Values;
use crate::diag::Result;
use crate::syntax::ast::Name;
use crate::value::index::{self, Index, Selection};
use crate::value::{Cell, Lazy, Value, assign};
use crate::{bail, fault};
use smallvec::SmallVec;
use std::sync::Arc;

/// A link with its indices evaluated.
#[derive(Debug, Clone)]
pub enum Step {
    Paren(Indices),
    Brace(Indices),
    Field(Name),
}

pub type Steps = SmallVec<[Step; 2]>;

/// What happens at the place.
pub enum Action {
    Set(Value),
    Delete,
}

impl Interp {
    /// Evaluates the indices of a part. An `end` means the extent of what is there now, 0 where nothing is.
    pub(super) fn steps(&mut self, part: &Part) -> Result<Steps> {
        let mut steps = Steps::new();
        for link in &part.links {
            let step = self.step(part, &steps, link)?;
            steps.push(step);
        }
        Ok(steps)
    }

    fn step(&mut self, part: &Part, before: &Steps, link: &Link) -> Result<Step> {
        let args = match &link.kind {
            LinkKind::Field(name) => return Ok(Step::Field(name.clone())),
            LinkKind::DynField(expr) => {
                let name = self.eval(expr)?;
                return match name.to_text() {
                    Some(name) => Ok(Step::Field(name.into())),
                    None => Err(fault!("dynamic structure field names must be strings").at(expr.span)),
                };
            }
            LinkKind::Paren(args) | LinkKind::Brace(args) => args,
        };
        let values = if args.pushes {
            let current = self.variable(part.slot).and_then(|value| read(value, before).ok());
            let base = match current {
                Some(mut values) if values.len() == 1 => values.remove(0),
                _ => Value::empty(),
            };
            self.args_of(args, &base)?
        } else {
            self.args(args)?
        };
        let indices = self.subscripts(part, before, values)?;
        Ok(if matches!(link.kind, LinkKind::Brace(_)) { Step::Brace(indices) } else { Step::Paren(indices) })
    }

    /// Arguments as indices of what stands at a place; only a lazy array can be subscripted by another.
    fn subscripts(&mut self, part: &Part, before: &[Step], values: ArgValues) -> Result<Indices> {
        let in_memory = self.lazy_at(part, before).is_none();
        Ok(chain::indices(if in_memory { self.in_memory(values, part.span)? } else { values }))
    }

    /// The lazy array that a place holds, in a variable or in a field or cell of it.
    pub(super) fn lazy_at(&self, part: &Part, steps: &[Step]) -> Option<&Lazy> {
        match place(self.variable(part.slot)?, steps)? {
            Value::Lazy(lazy) => Some(lazy),
            _ => None,
        }
    }

    /// Changes a part of a variable, which comes into being where it is not set.
    pub(super) fn write(&mut self, part: &Part, steps: &[Step], action: Action) -> Result<()> {
        if let Some((Step::Paren(indices), before)) = steps.split_last()
            && let Some(lazy) = self.lazy_at(part, before)
        {
            let lazy = lazy.clone();
            let changed = super::lazy::changed(self, &lazy, indices, action, part.span);
            let changed = changed.map_err(|fault| index::with_name(fault, self.frame.name_of(part.slot)))?;
            return self.write_in_memory(part, before, Action::Set(changed));
        }
        if !steps.is_empty()
            && let Some(lazy) = self.lazy_at(part, &[])
        {
            let dense = self.gathered(&Value::Lazy(lazy.clone()), part.span)?;
            self.set(part.slot, dense);
        }
        let action = match (action, steps.last()) {
            (Action::Set(value @ Value::Lazy(_)), Some(Step::Paren(_))) => {
                Action::Set(self.gathered(&value, part.span)?)
            }
            (action, _) => action,
        };
        self.write_in_memory(part, steps, action)
    }

    /// The same where neither what is changed nor what is put there is a lazy array.
    fn write_in_memory(&mut self, part: &Part, steps: &[Step], action: Action) -> Result<()> {
        let unset = self.variable(part.slot).is_none();
        if unset {
            self.set(part.slot, start(steps, &action));
        }
        let outcome = change(self.variable_mut(part.slot), steps, action);
        if unset && outcome.is_err() {
            self.frame.slots[part.slot as usize] = Slot::Unset;
        }
        outcome.map_err(|fault| index::with_name(fault, self.frame.name_of(part.slot)).at(part.span))
    }

    /// `x(i) = v` and its kin; gives the value assigned.
    pub(super) fn set_part(&mut self, set: &SetPart) -> Result<Value> {
        if set.deletes {
            let steps = self.steps(&set.part)?;
            self.write(&set.part, &steps, Action::Delete)?;
            return Ok(Value::empty());
        }
        if let Some(x) = self.store_number(set) {
            return Ok(Value::Num(x));
        }
        let value = self.assigned_value(&set.value)?;
        if let [Link { kind: LinkKind::Paren(args), .. }] = &set.part.links[..]
            && args.plain
        {
            let mut indices = ArgValues::new();
            for arg in &args.list {
                indices.push(self.eval(arg)?);
            }
            if !self.store_scalar(set.part.slot, &indices, &value) {
                let steps = [Step::Paren(self.subscripts(&set.part, &[], indices)?)];
                self.write(&set.part, &steps, Action::Set(value.clone()))?;
            }
            return Ok(value);
        }
        if let Some(place) = self.field_place(&set.part) {
            *place = value.clone();
            return Ok(value);
        }
        if let [Link { kind: LinkKind::Brace(args), .. }] = &set.part.links[..]
            && args.is_plain_of(1)
        {
            let index = self.eval(&args.list[0])?;
            if !self.store_in_cell(set.part.slot, &index, &value) {
                let steps = [Step::Brace(self.subscripts(&set.part, &[], smallvec::smallvec![index])?)];
                self.write(&set.part, &steps, Action::Set(value.clone()))?;
            }
            return Ok(value);
        }
        let steps = self.steps(&set.part)?;
        self.write(&set.part, &steps, Action::Set(value.clone()))?;
        Ok(value)
    }

    /// The field that `x.name` means, where `x` holds one struct that has it.
    pub(super) fn field_place(&mut self, part: &Part) -> Option<&mut Value> {
        let [Link { kind: LinkKind::Field(name), .. }] = &part.links[..] else { return None };
        match &mut self.frame.slots[part.slot as usize] {
            Slot::Set(Value::Struct(record)) if record.len() == 1 && record.position(name).is_some() => {
                Arc::make_mut(record).field_mut(name)?.first_mut()
            }
            _ => None,
        }
    }

    /// `[a, b(2), ~, c{1:2}] = v`. With `show`, every target is shown once it is set.
    pub(super) fn set_many(&mut self, set: &SetMany, show: bool) -> Result<Value> {
        let span = set.value.span;
        let mut places: Vec<(Steps, usize)> = Vec::with_capacity(set.targets.len());
        let (mut total, mut ignored) = (0usize, 0u64);
        for target in &set.targets {
            let steps = if let Target::Part(part) = target { self.steps(part)? } else { Steps::new() };
            let count = if let Target::Part(part) = target { self.count(part, &steps) } else { 1 };
            if let Target::Ignored = target {
                ignored |= 1u64.checked_shl(total as u32).unwrap_or(0);
            }
            total += count;
            places.push((steps, count));
        }
        self.ignored = ignored;
        let values = self.eval_multi(&set.value, total);
        self.ignored = 0;
        let values = values?;
        if values.len() < total && !set.value.node.is_call_or_list() {
            return Err(fault!("invalid number of output arguments for constant expression").at(span));
        }
        let mut values = values.into_iter();
        let (mut first, mut number) = (None, 0);
        for (target, (steps, count)) in set.targets.iter().zip(places) {
            let mut taken: Values = values.by_ref().take(count).collect();
            number += taken.len();
            if taken.len() < count {
                match target {
                    Target::Ignored => continue,
                    _ if total == 1 => return Err(message::no_value().at(span)),
                    _ => return Err(message::missing_element(number + 1).at(span)),
                }
            }
            if first.is_none() {
                first = taken.first().cloned();
            }
            match target {
                Target::Ignored => continue,
                Target::Var(slot) => self.set(*slot, taken.remove(0)),
                Target::Part(part) if count == 1 => self.write(part, &steps, Action::Set(taken.remove(0)))?,
                Target::Part(part) => self.write_list(part, &steps, taken)?,
            }
            if show {
                let (Target::Var(slot) | Target::Part(Part { slot, .. })) = target else { continue };
                self.show_variable(*slot)?;
            }
        }
        Ok(first.unwrap_or_else(Value::empty))
    }

    /// How many values a target takes.
    fn count(&self, part: &Part, steps: &[Step]) -> usize {
        let Some((last, before)) = steps.split_last() else { return 1 };
        let current = || self.variable(part.slot).and_then(|value| read(value, before).ok());
        match last {
            Step::Paren(_) => 1,
            Step::Brace(indices) => {
                let shape = match current().as_deref() {
                    Some([value]) => value.shape(),
                    _ => Shape::matrix(0, 0),
                };
                indices.iter().enumerate().map(|(at, index)| selected(index, &shape, at, indices.len())).product()
            }
            Step::Field(_) => match (current().as_deref(), before.last()) {
                (Some([value @ Value::Struct(_)]), _) => value.numel(),
                // The elements may not exist yet: their indices say how many they will be.
                (_, Some(Step::Paren(indices))) => {
                    let none = Shape::matrix(0, 0);
                    indices.iter().enumerate().map(|(at, index)| selected(index, &none, at, indices.len())).product()
                }
                _ => 1,
            },
        }
    }

    /// Writes several values to the elements a target names.
    fn write_list(&mut self, part: &Part, steps: &[Step], values: Values) -> Result<()> {
        match steps.split_last() {
            Some((Step::Brace(indices), before)) => {
                let none = Shape::matrix(0, 0);
                if before.is_empty() && self.variable(part.slot).is_none_or(Value::is_empty) {
                    self.set(part.slot, Value::Cell(Arc::new(Cell::empty(none.clone()))));
                }
                let counts: Vec<usize> = match indices.len() {
                    1 => vec![1, values.len()],
                    n => indices.iter().enumerate().map(|(at, index)| selected(index, &none, at, n)).collect(),
                };
                let fits = counts.iter().product::<usize>() == values.len();
                let shape = if fits { Shape::new(&counts) } else { Shape::matrix(1, values.len()) };
                let cell = Value::Cell(Arc::new(Cell::new(shape, values.into_vec())));
                let mut steps: Steps = before.into();
                if self.variable(part.slot).is_none_or(|value| before.is_empty() && value.is_empty())
                    && before.is_empty()
                {
                    self.set(part.slot, Value::Cell(Arc::new(Cell::empty(none))));
                }
                steps.push(Step::Paren(indices.clone()));
                self.write(part, &steps, Action::Set(cell))
            }
            Some((Step::Field(name), [])) => self.write_fields(part, name, values),
            Some((Step::Field(name), before)) => {
                let (before, indices) = match before {
                    [before @ .., Step::Paren(indices)] => (before, Some(indices)),
                    _ => (before, None),
                };
                let places = match indices {
                    None => (1..=values.len()).map(|at| smallvec::smallvec![at]).collect(),
                    Some(indices) => {
                        let shape = match self.variable(part.slot).map(|value| read(value, before)) {
                            Some(Ok(at)) if at.len() == 1 => at[0].shape(),
                            _ => Shape::matrix(0, 0),
                        };
                        combinations(indices, &shape).map_err(|fault| fault.at(part.span))?
                    }
                };
                for (place, value) in places.into_iter().zip(values) {
                    let place = place.into_iter().map(|at| Index::Value(Value::Num(at as f64)));
                    let mut steps: Steps = before.into();
                    steps.push(Step::Paren(place.collect()));
                    steps.push(Step::Field(name.clone()));
                    self.write(part, &steps, Action::Set(value))?;
                }
                Ok(())
            }
            _ => Err(fault!("this target cannot take a list of values").at(part.span)),
        }
    }

    /// One value for each element of a struct array.
    fn write_fields(&mut self, part: &Part, name: &Name, values: Values) -> Result<()> {
        match self.variable_mut(part.slot) {
            Value::Struct(record) if record.len() == values.len() => {
                Arc::make_mut(record).set_column(name, values.into_vec());
                Ok(())
            }
            other => Err(message::not_indexable(other, '.').at(part.span)),
        }
    }
}

/// The places that some indices pick from an array of this shape, one index for each axis, in column-major sequence.
fn combinations(indices: &[Index], shape: &Shape) -> Result<Vec<SmallVec<[usize; 2]>>> {
    let mut places: Vec<SmallVec<[usize; 2]>> = vec![SmallVec::new()];
    for (at, index) in indices.iter().enumerate() {
        let picked: Vec<usize> = match index {
            Index::All => (1..=selected(index, shape, at, indices.len())).collect(),
            Index::Value(value) => match value.to_block()?.data() {
                Data::Bool(mask) => (1..=mask.len()).filter(|&k| mask[k - 1]).collect(),
                data => (0..data.len()).map(|k| data.get_f64(k) as usize).collect(),
            },
        };
        let along = |k: usize| places.iter().map(move |place| place.iter().copied().chain([k]).collect());
        places = picked.into_iter().flat_map(along).collect();
    }
    Ok(places)
}

/// How many elements an index picks from an axis.
fn selected(index: &Index, shape: &Shape, position: usize, count: usize) -> usize {
    match index {
        Index::All if position + 1 == count => shape.get(position..).map_or(1, |rest| rest.iter().product()),
        Index::All => shape.extent(position),
        Index::Value(Value::Array(block)) => match block.data() {
            Data::Bool(mask) => mask.iter().filter(|&&x| x).count(),
            _ => block.len(),
        },
        Index::Value(Value::Bool(x)) => *x as usize,
        Index::Value(value) => value.numel(),
    }
}

/// What stands at a place that fields of one struct and elements of cells lead to.
fn place<'a>(value: &'a Value, steps: &[Step]) -> Option<&'a Value> {
    let mut current = value;
    for step in steps {
        current = match (step, current) {
            (Step::Field(name), Value::Struct(record)) if record.len() == 1 => record.field(name)?.first()?,
            (Step::Brace(indices), Value::Cell(cell)) => {
                cell.values.get(Selection::new(cell.shape(), indices).ok()?.single()?)?
            }
            _ => return None,
        };
    }
    Some(current)
}

/// The values at a place.
pub fn read(value: &Value, steps: &[Step]) -> Result<Values> {
    let mut current: Values = smallvec::smallvec![value.clone()];
    for step in steps {
        let [value] = &current[..] else { return Err(message::further_index()) };
        current = match (step, value) {
            (Step::Paren(indices), Value::Map(m)) => smallvec::smallvec![map::get(m, &values_of(indices))?],
            (Step::Paren(indices), _) => smallvec::smallvec![index::index(value, indices)?],
            (Step::Brace(indices), Value::Cell(_)) => Values::from_vec(index::cell_values(value, indices)?),
            (Step::Brace(_), other) => return Err(message::not_indexable(other, '{')),
            (Step::Field(name), Value::Struct(record)) => chain::fields(record, name)?,
            (Step::Field(_), other) => return Err(message::not_indexable(other, '.')),
        };
    }
    Ok(current)
}

fn values_of(indices: &Indices) -> Vec<Value> {
    indices
        .iter()
        .map(|index| match index {
            Index::All => Value::text(":"),
            Index::Value(value) => value.clone(),
        })
        .collect()
}

/// What an assignment on an undefined variable starts from.
fn start(steps: &[Step], action: &Action) -> Value {
    match (steps, action) {
        ([Step::Paren(_)], Action::Set(value)) => assign::empty_like(value),
        _ => Value::empty(),
    }
}

/// Changes the place that `steps` lead to inside a value.
fn change(base: &mut Value, steps: &[Step], action: Action) -> Result<()> {
    if let (Value::Func(_), false) = (&*base, steps.is_empty()) {
        bail!("can't perform indexed assignment for function handle type");
    }
    match (steps, action) {
        ([], Action::Set(value)) => {
            *base = value;
            Ok(())
        }
        ([], Action::Delete) => Ok(()),
        ([Step::Paren(indices)], Action::Delete) => assign::delete(base, indices),
        ([Step::Paren(indices)], Action::Set(value)) => match base {
            Value::Map(m) => map::set(m, &values_of(indices), value),
            _ => assign::assign(base, indices, &value),
        },
        ([Step::Brace(indices), rest @ ..], action) => match base {
            Value::Map(_) => bail!("containers.Map: only '()' indexing is supported for assigning values"),
            _ => change(assign::cell_slot(base, indices)?, rest, action),
        },
        ([Step::Field(name), rest @ ..], action) => {
            empty_cell_is_nothing(base);
            match base {
                Value::Map(_) => bail!("containers.Map: properties are read-only"),
                Value::Object(object) => match (rest, action) {
                    ([], Action::Set(value)) => object.0.set(name, value),
                    ([], Action::Delete) => Ok(()),
                    (rest, action) => {
                        let Some(mut property) = object.get(name) else {
                            bail!("invalid use of a {} object: unknown property '{name}'", object.0.name());
                        };
                        change(&mut property, rest, action)?;
                        object.0.set(name, property)
                    }
                },
                _ => match assign::field_slots(base, None, name)? {
                    [slot] => change(slot, rest, action),
                    _ => Err(several_fields()),
                },
            }
        }
        ([Step::Paren(indices), Step::Field(name), rest @ ..], action) => {
            empty_cell_is_nothing(base);
            match base {
                Value::Map(_) => bail!("containers.Map: only one level of indexing is supported"),
                _ if indices.iter().any(names_several) => Err(several_fields()),
                _ => match assign::field_slots(base, Some(indices), name)? {
                    [slot] => change(slot, rest, action),
                    _ => Err(several_fields()),
                },
            }
        }
        ([Step::Paren(indices), rest @ ..], action) => {
            // `c(1){2} = v` writes into the cell that `c(1)` is; nothing else can be indexed twice on the left.
            let Value::Cell(_) = base else { bail!("invalid assignment expression") };
            let mut part = index::index(base, indices)?;
            change(&mut part, rest, action)?;
            assign::assign(base, indices, &part)
        }
    }
}

/// `x = {}; x.a = 1` makes a struct, as with `x = []`.
fn empty_cell_is_nothing(base: &mut Value) {
    if matches!(base, Value::Cell(cell) if cell.values.is_empty()) {
        *base = Value::empty();
    }
}

/// A colon, or an index of more or fewer than one element.
fn names_several(index: &Index) -> bool {
    match index {
        Index::All => true,
        Index::Value(value) => !value.is_scalar(),
    }
}

fn several_fields() -> crate::diag::Fault {
    fault!(
        "invalid dot name structure assignment because the structure array is empty.  Specify a subscript on the \
         structure array to resolve."
    )
}
