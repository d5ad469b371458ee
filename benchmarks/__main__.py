"""`make bench`: every figure, the quick ones first."""

from benchmarks import extraction, history, pipeline, save, snapshots

extraction.main()
save.main()
snapshots.stored()
snapshots.share()
pipeline.speed()
history.main()
pipeline.memory()
