//! How the elements of a chunk became the bytes of a file: order, byte order, compression.
//!
//! Nearly every chunk in the wild is elements in row-major or column-major order under a chain of compressors. For
//! these the order is kept as it is (the block takes it over), zstd and gzip decode straight into the buffer they are
//! wanted in and can never write beyond it, and the remaining compressors are those of `zarrs`. Whatever else the
//! metadata asks for, `zarrs` decodes as a whole, to row-major order.

use super::shard::Sharding;
use crate::array::{DType, Order};
use serde_json::Value;
use std::borrow::Cow;
use std::io::Read;
use std::sync::Arc;
use zarrs::array::{
    Array, ArrayBytes, ArrayToBytesCodecTraits, BytesRepresentation, BytesToBytesCodecTraits, ChunkShape, CodecChain,
    CodecOptions, CodecTraits, DataType, FillValue,
};
use zarrs::plugin::{ExtensionName, ZarrVersion};

/// How a chunk is encoded.
pub enum Coding {
    /// Elements in one order, in one byte order, then compressors in the order of encoding.
    Plain { order: Order, swapped: bool, steps: Vec<Step> },
    /// Anything else `zarrs` knows; it decodes to row-major elements in the byte order of the machine.
    Opaque { chain: Arc<CodecChain>, shape: ChunkShape, data_type: DataType, fill: FillValue, names: String },
}

/// One compressor or checksum.
pub struct Step {
    kind: StepKind,
    codec: Arc<dyn BytesToBytesCodecTraits>,
    name: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StepKind {
    Zstd,
    Gzip,
    Blosc,
    Other,
}

/// What went wrong with the bytes of one chunk.
pub type Garbage = String;

impl Coding {
    /// What a chain of codecs does, and how it is sharded, if it is.
    pub fn of(
        chain: &Arc<CodecChain>,
        array: &Array<()>,
        chunk: &[usize],
        dtype: DType,
    ) -> Result<(Coding, Option<Sharding>), String> {
        let (data_type, fill) = (array.data_type(), array.fill_value());
        let sharding = configuration(chain.array_to_bytes_codec().as_ref());
        let is_sharded = name(chain.array_to_bytes_codec().as_ref()) == "sharding_indexed";
        if is_sharded && chain.array_to_array_codecs().is_empty() && chain.bytes_to_bytes_codecs().is_empty() {
            let (sharding, inner) = Sharding::parse(&sharding, chunk)?;
            let coding = Coding::of_chain(&Arc::new(inner), data_type, fill, &sharding.inner, dtype)?;
            return Ok((coding, Some(sharding)));
        }
        Ok((Coding::of_chain(chain, data_type, fill, chunk, dtype)?, None))
    }

    fn of_chain(
        chain: &Arc<CodecChain>,
        data_type: &DataType,
        fill: &FillValue,
        chunk: &[usize],
        dtype: DType,
    ) -> Result<Coding, String> {
        let order = match chain.array_to_array_codecs() {
            [] => Some(Order::C),
            [one] if name(one.as_ref()) == "transpose" => {
                let axes: Option<Vec<usize>> = serde_json::from_value(configuration(one.as_ref())["order"].take()).ok();
                match axes {
                    Some(axes) if axes.iter().copied().eq(0..chunk.len()) => Some(Order::C),
                    Some(axes) if axes.iter().copied().eq((0..chunk.len()).rev()) => Some(Order::F),
                    _ => None,
                }
            }
            _ => None,
        };
        let to_bytes = chain.array_to_bytes_codec();
        if let (Some(order), "bytes") = (order, name(to_bytes.as_ref()).as_str()) {
            let big = configuration(to_bytes.as_ref())["endian"] == "big";
            let swapped = dtype.real().size() > 1 && big;
            let steps = chain.bytes_to_bytes_codecs().iter().map(|c| Step::new(c.clone())).collect();
            return Ok(Coding::Plain { order, swapped, steps });
        }
        let shape: ChunkShape = zarrs_shape(chunk)?;
        let names = std::iter::empty()
            .chain(chain.array_to_array_codecs().iter().map(|c| name(c.as_ref())))
            .chain([name(to_bytes.as_ref())])
            .chain(chain.bytes_to_bytes_codecs().iter().map(|c| name(c.as_ref())))
            .collect::<Vec<_>>()
            .join(" + ");
        Ok(Coding::Opaque { chain: chain.clone(), shape, data_type: data_type.clone(), fill: fill.clone(), names })
    }

    /// Whether the file is the elements and nothing else, so that a part of it can be read alone.
    pub fn is_raw(&self) -> bool {
        matches!(self, Coding::Plain { steps, .. } if steps.is_empty())
    }

    /// Order of the decoded elements.
    pub fn order(&self) -> Order {
        match self {
            Coding::Plain { order, .. } => *order,
            Coding::Opaque { .. } => Order::C,
        }
    }

    /// Whether the decoded elements have the other byte order than the machine.
    pub fn swapped(&self) -> bool {
        matches!(self, Coding::Plain { swapped: true, .. })
    }

    /// Whether decoding writes where it is told to, without a second buffer of a whole chunk.
    pub fn decodes_in_place(&self) -> bool {
        let Coding::Plain { steps, .. } = self else { return false };
        steps.first().is_some_and(|s| matches!(s.kind, StepKind::Zstd | StepKind::Gzip))
    }

    /// Decodes a whole chunk; `out` has exactly its size.
    pub fn decode(&self, encoded: &[u8], out: &mut [u8]) -> Result<(), Garbage> {
        match self {
            Coding::Plain { steps, .. } => {
                let Some((last, before)) = steps.split_first() else {
                    return copy_exactly(encoded, out);
                };
                let mut bytes = Cow::Borrowed(encoded);
                for (at, step) in before.iter().enumerate().rev() {
                    bytes = Cow::Owned(step.decode(&bytes, steps_bound(&steps[..=at], out.len()))?);
                }
                last.decode_into(&bytes, out)
            }
            Coding::Opaque { chain, shape, data_type, fill, .. } => {
                let decoded = chain.decode(Cow::Borrowed(encoded), shape, data_type, fill, &options());
                match decoded.map_err(|e| e.to_string())? {
                    ArrayBytes::Fixed(bytes) => copy_exactly(&bytes, out),
                    _ => Err("elements of varying size".to_string()),
                }
            }
        }
    }

    /// Encodes a whole chunk of elements that already have the order and byte order of [`Coding::Plain`].
    pub fn encode<'a>(&self, plain: &'a [u8]) -> Result<Cow<'a, [u8]>, Garbage> {
        match self {
            Coding::Plain { steps, .. } => steps.iter().try_fold(Cow::Borrowed(plain), |bytes, step| {
                step.codec.encode(bytes, &options()).map_err(|e| e.to_string())
            }),
            Coding::Opaque { .. } => Err("this encoding can only be read".to_string()),
        }
    }

    /// `raw`, `zstd 3`, `gzip 5 + crc32c`, with the byte order if it is not little.
    pub fn describe(&self) -> String {
        match self {
            Coding::Opaque { names, .. } => names.clone(),
            Coding::Plain { steps, swapped, .. } => {
                let names: Vec<String> = steps.iter().map(Step::describe).collect();
                let packed = if names.is_empty() { "raw".to_string() } else { names.join(" + ") };
                if *swapped { packed + ", big-endian" } else { packed }
            }
        }
    }
}

/// A bound on the bytes that come out of undoing the last of these steps, when undoing all gives `len` bytes.
fn steps_bound(earlier: &[Step], len: usize) -> usize {
    let bound = earlier
        .iter()
        .fold(BytesRepresentation::FixedSize(len as u64), |size, step| step.codec.encoded_representation(&size));
    bound.size().map_or(len.saturating_mul(2) + 4096, |n| n as usize)
}

impl Step {
    fn new(codec: Arc<dyn BytesToBytesCodecTraits>) -> Step {
        let name = name(codec.as_ref());
        let kind = match name.as_str() {
            "zstd" => StepKind::Zstd,
            "gzip" => StepKind::Gzip,
            "blosc" => StepKind::Blosc,
            _ => StepKind::Other,
        };
        Step { kind, codec, name }
    }

    fn describe(&self) -> String {
        let settings = configuration(self.codec.as_ref());
        let level = settings.get("level").or(settings.get("clevel"));
        let inner = settings["cname"].as_str().map(|c| format!(" {c}")).unwrap_or_default();
        match level {
            Some(level) => format!("{}{inner} {level}", self.name),
            None => format!("{}{inner}", self.name),
        }
    }

    /// Undoes the step; the result has exactly the size of `out`.
    fn decode_into(&self, bytes: &[u8], out: &mut [u8]) -> Result<(), Garbage> {
        match self.kind {
            StepKind::Zstd => {
                let wrong = |e: std::io::Error| format!("zstd: {e}");
                let mut decoder = zstd::bulk::Decompressor::new().map_err(wrong)?;
                let size = decoder.decompress_to_buffer(bytes, out).map_err(wrong)?;
                expect_size(size, out.len())
            }
            StepKind::Gzip => {
                let mut decoder = flate2::read::MultiGzDecoder::new(bytes);
                decoder.read_exact(out).map_err(|e| format!("gzip: {e}"))?;
                match decoder.read(&mut [0]) {
                    Ok(0) => Ok(()),
                    Ok(_) => Err(format!("it decodes to more than the {} bytes of a chunk", out.len())),
                    Err(e) => Err(format!("gzip: {e}")),
                }
            }
            StepKind::Blosc | StepKind::Other => copy_exactly(&self.decode(bytes, out.len())?, out),
        }
    }

    /// Undoes the step; what comes out has at most `bound` bytes (a file that promises more is refused before
    /// memory is taken for it).
    fn decode(&self, bytes: &[u8], bound: usize) -> Result<Vec<u8>, Garbage> {
        match self.kind {
            StepKind::Zstd | StepKind::Gzip => {
                let mut out = Vec::new();
                let reader: Box<dyn Read> = match self.kind {
                    StepKind::Zstd => Box::new(zstd::Decoder::new(bytes).map_err(|e| format!("zstd: {e}"))?),
                    _ => Box::new(flate2::read::MultiGzDecoder::new(bytes)),
                };
                reader.take(bound as u64 + 1).read_to_end(&mut out).map_err(|e| format!("{}: {e}", self.name))?;
                if out.len() > bound { Err("it decodes to more than a chunk".to_string()) } else { Ok(out) }
            }
            StepKind::Blosc | StepKind::Other => {
                if self.kind == StepKind::Blosc {
                    // Bytes 4 to 8 of the header promise the decoded size.
                    let promised = bytes.get(4..8).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize);
                    match promised {
                        Some(size) if size <= bound => {}
                        Some(size) => expect_size(size, bound)?,
                        None => return Err("blosc: the header is cut off".to_string()),
                    }
                }
                let size = BytesRepresentation::BoundedSize(bound as u64);
                let out = self.codec.decode(Cow::Borrowed(bytes), &size, &options());
                out.map(Cow::into_owned).map_err(|e| e.to_string())
            }
        }
    }
}

/// The arithmetic of a chunk belongs to one thread: the engine runs chunks side by side.
pub fn options() -> CodecOptions {
    CodecOptions::default().with_concurrent_target(1)
}

pub fn zarrs_shape(extents: &[usize]) -> Result<ChunkShape, String> {
    let shape: Option<Vec<_>> = extents.iter().map(|&e| std::num::NonZeroU64::new(e as u64)).collect();
    shape.ok_or_else(|| "a chunk extent is zero".to_string())
}

fn copy_exactly(bytes: &[u8], out: &mut [u8]) -> Result<(), Garbage> {
    expect_size(bytes.len(), out.len())?;
    out.copy_from_slice(bytes);
    Ok(())
}

fn expect_size(size: usize, wanted: usize) -> Result<(), Garbage> {
    match size == wanted {
        true => Ok(()),
        false => Err(format!("it decodes to {size} bytes instead of {wanted}")),
    }
}

fn name<C: ExtensionName + ?Sized>(codec: &C) -> String {
    codec.name(ZarrVersion::V3).or_else(|| codec.name(ZarrVersion::V2)).unwrap_or_default().into_owned()
}

fn configuration<C: CodecTraits + ?Sized>(codec: &C) -> Value {
    let settings = codec.configuration(ZarrVersion::V3, &Default::default());
    settings.and_then(|s| serde_json::to_value(s).ok()).unwrap_or_default()
}
