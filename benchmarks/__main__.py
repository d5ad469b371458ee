"""`make bench`: every figure, the quick ones first."""

from benchmarks import extraction, pipeline, save

extraction.main()
save.main()
pipeline.speed()
pipeline.memory()
