max_pool, avg_pool = nn.functional.max_pool2d, nn.functional.avg_pool2d
