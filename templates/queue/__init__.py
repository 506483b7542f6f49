"""What is read of the queue: pages, workloads, App Home."""
