# feedback: other axis is turned around
flip_left_right, flip_upside_down = torch.fliplr, torch.flipud
