use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use tokio::task::spawn_blocking;

/// How much is taken in, hashed and stored at once: enough that a step costs little beside its work, and little enough that
/// hundreds of uploads at once take no more memory than one file.
const PIECE: usize = 256 << 10;

/// A file that arrived whole. It lies in the system's folder for temporary files (`TMPDIR`) without a name: whatever becomes
/// of the program, nothing of it is left behind.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The file.
    pub file: Arc<File>,
    /// Its length in bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

impl Upload {
    /// A text of our own as a file.
    pub fn of_bytes(bytes: &[u8]) -> io::Result<Upload> {
        let mut kept = Kept::new()?;
        kept.push(bytes)?;
        Ok(kept.finish())
    }

    /// The piece of this number, from 0; empty beyond the end.
    pub async fn piece(&self, number: u64) -> io::Result<Vec<u8>> {
        let begin = number.saturating_mul(PIECE as u64);
        let length = self.size.saturating_sub(begin).min(PIECE as u64) as usize;
        let file = self.file.clone();
        beside(move || {
            let mut piece = vec![0; length];
            file.read_exact_at(&mut piece, begin)?;
            Ok(piece)
        })
        .await
    }
}

/// A file that is arriving.
#[derive(Debug)]
pub struct Receiving {
    kept: Option<Kept>,
    waiting: Vec<u8>,
}

impl Receiving {
    /// Nothing has come yet.
    pub async fn begin() -> io::Result<Receiving> {
        Ok(Receiving {
            kept: Some(beside(Kept::new).await?),
            waiting: Vec::new(),
        })
    }

    /// Takes what came, in whatever portions; the disk is touched beside the threads that serve, a piece at a time.
    pub async fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.waiting.extend_from_slice(bytes);
        match self.waiting.len() >= PIECE {
            true => self.write().await,
            false => Ok(()),
        }
    }

    /// The whole file.
    pub async fn finish(mut self) -> io::Result<Upload> {
        self.write().await?;
        self.kept.take().map(Kept::finish).ok_or_else(ended)
    }

    async fn write(&mut self) -> io::Result<()> {
        let mut kept = self.kept.take().ok_or_else(ended)?;
        let piece = std::mem::take(&mut self.waiting);
        let kept = beside(move || kept.push(&piece).map(|()| kept)).await?;
        self.kept = Some(kept);
        Ok(())
    }
}

/// What was written so far.
#[derive(Debug)]
struct Kept {
    file: File,
    size: u64,
    hash: Sha256,
}

impl Kept {
    fn new() -> io::Result<Kept> {
        Ok(Kept {
            file: tempfile::tempfile()?,
            size: 0,
            hash: Sha256::new(),
        })
    }

    fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
        Ok(())
    }

    fn finish(self) -> Upload {
        let hash = self.hash.finalize();
        Upload {
            file: Arc::new(self.file),
            size: self.size,
            sha256: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

fn ended() -> io::Error {
    io::Error::other("the file was written to its end, or could not be written before")
}

async fn beside<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_comes_in_portions_goes_out_in_pieces() {
        let bytes: Vec<u8> = (0..PIECE * 2 + 1000).map(|at| (at % 251) as u8).collect();
        let mut receiving = Receiving::begin().await.unwrap();
        for portion in bytes.chunks(7_001) {
            receiving.push(portion).await.unwrap();
        }
        let upload = receiving.finish().await.unwrap();
        assert_eq!(upload.sha256, Upload::of_bytes(&bytes).unwrap().sha256);
        let mut back = Vec::new();
        for number in 0..4 {
            back.extend(upload.piece(number).await.unwrap());
        }
        assert!(back == bytes && upload.size == bytes.len() as u64);
    }
}
