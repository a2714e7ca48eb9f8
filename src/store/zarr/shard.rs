//! Shards: files that hold many chunks and an index of where each lies.

use super::coding::{options, zarrs_shape};
use super::layout::Dims;
use serde_json::Value;
use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use zarrs::array::{ArrayBytes, ArrayToBytesCodecTraits, CodecChain, FillValue, data_type};
use zarrs::metadata::v3::MetadataV3;

/// Most bytes of a shard's index.
const MAX_INDEX: usize = 1 << 28;
/// The offset and length of a chunk that was never written.
const NEVER: u64 = u64::MAX;

/// How a shard is built.
pub struct Sharding {
    /// Extents of the chunks inside.
    pub inner: Dims,
    /// How many of them along each axis.
    pub per_shard: Dims,
    index: CodecChain,
    index_bytes: usize,
    at_end: bool,
}

/// Where the chunks of one shard lie: offset and length, the last axis moving fastest.
pub struct Index(Vec<u64>);

impl Sharding {
    /// From the configuration of `sharding_indexed` in an array with these chunks (the shards); with the codecs of the
    /// chunks inside.
    pub fn parse(settings: &Value, shard: &[usize]) -> Result<(Sharding, CodecChain), String> {
        let chain = |key: &str| -> Result<CodecChain, String> {
            let list: Vec<MetadataV3> = serde_json::from_value(settings[key].clone()).map_err(|e| e.to_string())?;
            CodecChain::from_metadata(&list).map_err(|e| e.to_string())
        };
        let inner: Dims = serde_json::from_value::<Vec<usize>>(settings["chunk_shape"].clone())
            .map_err(|e| format!("the chunk shape inside its shards: {e}"))?
            .into();
        let fits = inner.len() == shard.len() && inner.iter().zip(shard).all(|(&i, &s)| i > 0 && s % i == 0);
        if !fits {
            return Err(format!("its shards of extents {shard:?} cannot be cut into chunks of {:?}", inner.as_slice()));
        }
        let per_shard: Dims = shard.iter().zip(&inner).map(|(s, i)| s / i).collect();
        let index = chain("index_codecs")?;
        let encoded = index
            .encoded_representation(&index_shape(&per_shard)?, &data_type::uint64(), &FillValue::from(NEVER))
            .map_err(|e| e.to_string())?;
        let index_bytes = encoded.size().map(|n| n as usize).filter(|&n| n <= MAX_INDEX);
        let index_bytes = index_bytes.ok_or("the index of its shards is absurdly large")?;
        let at_end = settings["index_location"] != "start";
        Ok((Sharding { inner, per_shard, index, index_bytes, at_end }, chain("codecs")?))
    }

    /// Bytes of an index in the file.
    pub fn index_bytes(&self) -> usize {
        self.index_bytes
    }

    /// Reads the index of a shard; the outer error is the file's, the inner one says why the bytes are no index.
    pub fn read_index(&self, file: &File) -> io::Result<Result<Index, String>> {
        let size = file.metadata()?.len();
        let Some(before) = size.checked_sub(self.index_bytes as u64) else {
            return Ok(Err(format!("{size} bytes are too few for the index of a shard")));
        };
        let mut bytes = vec![0; self.index_bytes];
        file.read_exact_at(&mut bytes, if self.at_end { before } else { 0 })?;
        Ok(self.decode_index(bytes).and_then(|index| index.within(size)))
    }

    fn decode_index(&self, bytes: Vec<u8>) -> Result<Index, String> {
        let shape = index_shape(&self.per_shard)?;
        let fill = FillValue::from(NEVER);
        let decoded = self.index.decode(Cow::Owned(bytes), &shape, &data_type::uint64(), &fill, &options());
        match decoded.map_err(|e| format!("the index of the shard: {e}"))? {
            ArrayBytes::Fixed(bytes) => {
                Ok(Index(bytes.as_chunks::<8>().0.iter().map(|b| u64::from_ne_bytes(*b)).collect()))
            }
            _ => Err("the index of the shard has elements of varying size".to_string()),
        }
    }

    /// The number of a chunk inside its shard, and the coordinates of the shard.
    pub fn locate(&self, chunk: &[usize]) -> (usize, Dims) {
        let number = chunk.iter().zip(&self.per_shard).fold(0, |n, (&c, &per)| n * per + c % per);
        (number, chunk.iter().zip(&self.per_shard).map(|(&c, &per)| c / per).collect())
    }
}

impl Index {
    /// Offset and length of a chunk; `None` if it was never written.
    pub fn chunk(&self, number: usize) -> Option<(u64, u64)> {
        let (at, len) = (self.0[2 * number], self.0[2 * number + 1]);
        (at != NEVER || len != NEVER).then_some((at, len))
    }

    /// How many chunks were written.
    pub fn written(&self) -> usize {
        (0..self.0.len() / 2).filter(|&n| self.chunk(n).is_some()).count()
    }

    fn within(self, size: u64) -> Result<Index, String> {
        for number in 0..self.0.len() / 2 {
            if let Some((at, len)) = self.chunk(number)
                && at.checked_add(len).is_none_or(|end| end > size)
            {
                return Err(format!("the index of the shard points beyond its {size} bytes"));
            }
        }
        Ok(self)
    }
}

fn index_shape(per_shard: &[usize]) -> Result<zarrs::array::ChunkShape, String> {
    let mut extents = Dims::from_slice(per_shard);
    extents.push(2);
    zarrs_shape(&extents)
}
