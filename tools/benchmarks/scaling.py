"""Training speed with other batches, threads and widths."""
from . import programs, tables


def bench(options, data, peer):
    """A table of what `nodeps bench scaling` finds, PyTorch beside it."""
    seconds = options.seconds / 8
    words = ["--batch", "32"] if options.quick else []
    rows = programs.ours_json("bench", "scaling", "--threads", str(max(options.threads)), "--seconds", str(seconds), *words)
    best = {}
    for row in rows if peer.is_there and not options.quick else []:
        settings = {"net": row["network"], "data": data, "seconds": 2 * seconds}
        # PyTorch does not train batch normalization on a single image.
        if row["batch"] == 1:
            continue
        if row["threads"] not in best:
            best[row["threads"]] = peer.fastest("train", options.quick, row["threads"], batch=64, **settings)
        found = peer.run("train", batch=row["batch"], width=row["width"], **best[row["threads"]], **settings)
        row["peer"] = found["images_per_second"]
    tables.write("Training by batch, threads and width of the network, images/s",
                 ["network, width", "batch", "threads", "nodeps", "PyTorch", "ratio", "GFLOP/s", "of peak"],
                 [[f"{row['network']} x {row['width']}", str(row["batch"]), str(row["threads"]), f"{row['images_per_second']:,.0f}",
                   f"{row['peer']:,.0f}" if "peer" in row else "-",
                   f"{row['images_per_second'] / row['peer']:.1f} x" if "peer" in row else "-",
                   f"{row['gflops']:,.1f}", f"{row['percent_of_peak']:.0f} %"] for row in rows], options.markdown)
    return rows
