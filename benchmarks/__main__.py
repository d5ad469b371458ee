"""`make bench`: every figure, the quick ones first."""

from benchmarks import browsing, extraction, history, nothing_new, pipeline, save, snapshots

extraction.main()
save.main()
snapshots.stored()
snapshots.share()
pipeline.speed()
history.main()
nothing_new.main()
pipeline.memory()
browsing.main()
