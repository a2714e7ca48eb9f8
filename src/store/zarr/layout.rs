//! Zarr metadata, versions 2 and 3, turned into what reading and writing need: extents, element type, chunk files, and
//! how a chunk is encoded. The meaning of the JSON (fill values, chunk keys, codec settings) is left to `zarrs`; here
//! it is checked that it can be believed, before anything is allocated by it.

use super::coding::{Coding, options, zarrs_shape};
use super::shard::Sharding;
use crate::array::{DType, Order, Shape};
use crate::diag::Result;
use crate::store::numpy;
use crate::{bail, fault};
use serde_json::Value;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::sync::Arc;
use zarrs::array::{Array, ArrayBytes, ArrayMetadata, ArrayToBytesCodecTraits};
use zarrs::metadata::v2::ArrayMetadataV2;
use zarrs::metadata::v3::ArrayMetadataV3;

/// A list of extents or positions with the rank the array has on disk (which may be below 2, or end in ones).
pub type Dims = SmallVec<[usize; 4]>;

/// Most bytes of a chunk that must be decoded whole.
const MAX_ENCODED_CHUNK: usize = 1 << 34;
/// Most bytes of any chunk: no file is larger.
const MAX_CHUNK: usize = 1 << 46;

/// An array as its metadata describes it.
pub struct Layout {
    pub version: u8,
    pub dtype: DType,
    pub shape: Dims,
    /// Extents of the unit that is decoded at a time: a chunk, or the inner chunk of a shard.
    pub unit: Dims,
    /// Bytes of a unit after decoding.
    pub unit_bytes: usize,
    pub coding: Coding,
    pub sharding: Option<Sharding>,
    /// One element that was never written, in the byte order that [`Coding`] decodes to.
    pub fill: SmallVec<[u8; 16]>,
    /// Names the file of a chunk.
    array: Array<()>,
}

impl Layout {
    /// Reads metadata; messages begin with the name of the array.
    pub fn parse(name: &str, mut json: Value) -> Result<Layout> {
        let lies = |what: String| fault!("{name}: its metadata cannot be right: {what}");
        let version = match json.get("zarr_format").and_then(Value::as_u64) {
            Some(v @ (2 | 3)) => v as u8,
            _ => bail!("{name}: neither Zarr version 2 nor 3 (zarr_format is {})", text(json.get("zarr_format"))),
        };
        let shape = extents(&json["shape"]).map_err(|e| lies(format!("shape {e}")))?;
        let (grid, type_field) = match version {
            2 => (&json["chunks"], "dtype"),
            _ => {
                let kind = named(&json["chunk_grid"]);
                if kind != "regular" {
                    bail!("{name}: its chunks lie on a {kind} grid; only regular grids can be read");
                }
                (&json["chunk_grid"]["configuration"]["chunk_shape"], "data_type")
            }
        };
        let chunk = extents(grid).map_err(|e| lies(format!("chunk shape {e}")))?;
        let Some(dtype) = element_type(version, &json[type_field]) else {
            let given = json[type_field].get("name").unwrap_or(&json[type_field]);
            return Err(numpy::foreign_type(name, &text(Some(given))));
        };
        if chunk.len() != shape.len() {
            return Err(lies(format!("{} extents, but chunks of {}", shape.len(), chunk.len())));
        }
        if shape.len() > Shape::MAX_RANK {
            bail!("{name}: has {} dimensions; at most {} can be handled", shape.len(), Shape::MAX_RANK);
        }
        if chunk.contains(&0) {
            return Err(lies(format!("a chunk of extents {chunk:?} is empty")));
        }
        bytes_of(&shape, dtype, isize::MAX as usize)
            .ok_or_else(|| lies(format!("an array of extents {shape:?} is larger than any memory or disk")))?;
        let chunk_bytes = bytes_of(&chunk, dtype, MAX_CHUNK)
            .ok_or_else(|| lies(format!("a chunk of extents {chunk:?} is larger than any file")))?;
        if version == 2 && shape.len() < 2 {
            json["order"] = "C".into(); // the orders are alike, and zarrs wants no transpose of a scalar
        }
        let array = zarrs_array(version, json).map_err(|e| {
            fault!("{name}: its metadata cannot be read: {e}")
                .hint("codecs that can be read are zstd, gzip, blosc, crc32c, transpose and shards of these")
        })?;

        let (coding, sharding) =
            Coding::of(&array.codecs(), &array, &chunk, dtype).map_err(|e| fault!("{name}: {e}"))?;
        let (unit, unit_bytes) = match &sharding {
            Some(s) => (s.inner.clone(), bytes_of(&s.inner, dtype, MAX_CHUNK).unwrap_or(MAX_CHUNK)),
            None => (chunk, chunk_bytes),
        };
        if !coding.is_raw() && unit_bytes > MAX_ENCODED_CHUNK {
            return Err(lies(format!("a compressed chunk of {unit_bytes} bytes, to be decoded at once")));
        }
        let mut fill: SmallVec<[u8; 16]> = SmallVec::from_slice(array.fill_value().as_ne_bytes());
        if fill.len() != dtype.size() {
            return Err(lies(format!("a fill value of {} bytes for elements of {}", fill.len(), dtype.size())));
        }
        if coding.swapped() {
            crate::store::bytes::swap(&mut fill, dtype);
        }
        Ok(Layout { version, dtype, shape, unit, unit_bytes, coding, sharding, fill, array })
    }

    /// The key of a chunk file, relative to the array's directory.
    pub fn chunk_key(&self, coords: &[usize]) -> String {
        let coords: SmallVec<[u64; 4]> = coords.iter().map(|&c| c as u64).collect();
        self.array.chunk_key(&coords).as_str().to_string()
    }

    /// The extents of the files: chunks, or shards.
    pub fn file_extents(&self) -> Dims {
        match &self.sharding {
            Some(s) => self.unit.iter().zip(&s.per_shard).map(|(u, n)| u * n).collect(),
            None => self.unit.clone(),
        }
    }

    /// Whether the elements of a file stand in it as they are.
    pub fn writes_raw(&self) -> bool {
        self.coding.is_raw() && self.sharding.is_none()
    }

    /// The order in which [`Layout::encode`] takes the elements of a file.
    pub fn write_order(&self) -> Order {
        if self.sharding.is_some() { Order::C } else { self.coding.order() }
    }

    /// Encodes all elements of a file: a chunk, or a shard.
    pub fn encode<'a>(&self, plain: &'a [u8]) -> std::result::Result<Cow<'a, [u8]>, String> {
        if self.sharding.is_none() {
            return self.coding.encode(plain);
        }
        let (shape, array) = (zarrs_shape(&self.file_extents())?, &self.array);
        let elements = ArrayBytes::from(plain);
        let encoded = array.codecs().encode(elements, &shape, array.data_type(), array.fill_value(), &options());
        encoded.map_err(|e| e.to_string())
    }

    /// Brings a list with the rank of the language (at least 2, no trailing ones) to the rank on disk.
    pub fn on_disk(&self, list: &[usize], pad: usize) -> Dims {
        (0..self.shape.len()).map(|axis| list.get(axis).copied().unwrap_or(pad)).collect()
    }

    /// In words, for people.
    pub fn describe(&self) -> String {
        let list = |dims: &[usize]| dims.iter().map(usize::to_string).collect::<Vec<_>>().join("x");
        let mut text = format!("zarr v{}, {}", self.version, self.coding.describe());
        if self.coding.order() == Order::F && self.shape.len() > 1 {
            text += ", column-major";
        }
        match &self.sharding {
            Some(_) => text += &format!(", chunks {} in shards {}", list(&self.unit), list(&self.file_extents())),
            None if !self.unit.is_empty() => text += &format!(", chunks {}", list(&self.unit)),
            None => {}
        }
        text
    }
}

/// Bytes of a box of elements, unless there are more than `most`.
pub fn bytes_of(dims: &[usize], dtype: DType, most: usize) -> Option<usize> {
    if dims.contains(&0) {
        return Some(0);
    }
    dims.iter().try_fold(dtype.size(), |n, &d| n.checked_mul(d)).filter(|&n| n <= most)
}

fn zarrs_array(version: u8, json: Value) -> std::result::Result<Array<()>, String> {
    let plain = |e: serde_json::Error| e.to_string();
    let metadata = match version {
        2 => ArrayMetadata::V2(serde_json::from_value::<ArrayMetadataV2>(json).map_err(plain)?),
        _ => ArrayMetadata::V3(serde_json::from_value::<ArrayMetadataV3>(json).map_err(plain)?),
    };
    Array::new_with_metadata(Arc::new(()), "/", metadata).map_err(|e| e.to_string())
}

fn extents(json: &Value) -> std::result::Result<Dims, String> {
    let wrong = || format!("{} is no list of sizes", text(Some(json)));
    let list = json.as_array().ok_or_else(wrong)?;
    list.iter().map(|v| v.as_u64().and_then(|v| usize::try_from(v).ok()).ok_or_else(wrong)).collect()
}

/// The name of an extension, which may stand alone or beside a configuration.
fn named(json: &Value) -> &str {
    json.as_str().or_else(|| json["name"].as_str()).unwrap_or("nameless")
}

fn text(json: Option<&Value>) -> String {
    json.map_or("missing".to_string(), |v| match v {
        Value::String(s) => s.clone(),
        Value::Null => "missing".to_string(),
        other => other.to_string(),
    })
}

fn element_type(version: u8, json: &Value) -> Option<DType> {
    let name = json.as_str()?;
    match version {
        2 => numpy::parse(name).map(|(dtype, _)| dtype),
        _ => Some(match name {
            "bool" => DType::Bool,
            "int8" => DType::I8,
            "int16" => DType::I16,
            "int32" => DType::I32,
            "int64" => DType::I64,
            "uint8" => DType::U8,
            "uint16" => DType::U16,
            "uint32" => DType::U32,
            "uint64" => DType::U64,
            "float32" => DType::F32,
            "float64" => DType::F64,
            "complex64" => DType::C32,
            "complex128" => DType::C64,
            _ => return None,
        }),
    }
}
