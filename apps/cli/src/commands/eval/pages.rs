//! Pages to articles.

use std::fmt::Write;

use detente_train::pages::{MissKind, score_pages};

use crate::exit::Stop;

use super::{Score, Task};

pub(super) fn score(task: &Task) -> Result<Score, Stop> {
    let scores = score_pages(task.path).map_err(Stop::Because)?;
    let mut text = format!(
        "{} pages; kept {:.1} % of what must be in the article, left out {:.1} % of what must not; {} failed\n",
        scores.pages, scores.kept, scores.left_out, scores.failed
    );
    if task.differences {
        for miss in &scores.misses {
            let what = match miss.kind {
                MissKind::Failed => "failed",
                MissKind::Lost => "lost",
                MissKind::Left => "left in",
            };
            let _ = writeln!(text, "{}: {what}: {}", miss.file, miss.snippet);
        }
    }
    Score::new(&scores, text)
}
