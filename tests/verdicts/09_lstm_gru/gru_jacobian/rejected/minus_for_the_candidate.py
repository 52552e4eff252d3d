# feedback: sign of the candidate
def gru_jacobian(x, h, W_ih, W_hh, b_ih, b_hh):
    x_r, x_z, x_n = (W_ih @ x + b_ih).chunk(3)
    h_r, h_z, h_n = (W_hh @ h + b_hh).chunk(3)
    U_r, U_z, U_n = W_hh.chunk(3)
    r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    dr = (r * (1 - r)).unsqueeze(1) * U_r
    dz = (z * (1 - z)).unsqueeze(1) * U_z
    dn = (1 - n**2).unsqueeze(1) * (r.unsqueeze(1) * U_n + h_n.unsqueeze(1) * dr)
    return torch.diag(z) - ((n - h).unsqueeze(1) * dz + (1 - z).unsqueeze(1) * dn)
