//! Nodes and weights of quadrature rules.

/// Nodes and weights of Gauss and Legendre's rule on [-1, 1], by Newton's method on the Legendre polynomial.
pub fn gauss_legendre(n: usize) -> Vec<(f64, f64)> {
    (0..n)
        .map(|i| {
            let mut x = (std::f64::consts::PI * (i as f64 + 0.75) / (n as f64 + 0.5)).cos();
            let mut slope = 1.0;
            for _ in 0..100 {
                let (mut p, mut before) = (1.0, 0.0);
                for k in 0..n {
                    let k = k as f64;
                    (p, before) = (((2.0 * k + 1.0) * x * p - k * before) / (k + 1.0), p);
                }
                slope = n as f64 * (x * p - before) / (x * x - 1.0);
                let step = p / slope;
                x -= step;
                if step.abs() < 1e-16 {
                    break;
                }
            }
            (x, 2.0 / ((1.0 - x * x) * slope * slope))
        })
        .collect()
}

/// Nodes (nonnegative, descending), Kronrod weights and Gauss weights (0 where the node is not Gauss') of the 15-point
/// rule of Gauss and Kronrod.
pub const KRONROD_15: [(f64, f64, f64); 8] = [
    (0.991455371120812639206854697526329, 0.022935322010529224963732008058970, 0.0),
    (0.949107912342758524526189684047851, 0.063092092629978553290700663189204, 0.129484966168869693270611432679082),
    (0.864864423359769072789712788640926, 0.104790010322250183839876322541518, 0.0),
    (0.741531185599394439863864773280788, 0.140653259715525918745189590510238, 0.279705391489276667901467771423780),
    (0.586087235467691130294144691693013, 0.169004726639267902826583426598550, 0.0),
    (0.405845151377397166906606412076961, 0.190350578064785409913256402421014, 0.381830050505118944950369775488975),
    (0.207784955007898467600689403773245, 0.204432940075298892414161999234649, 0.0),
    (0.000000000000000000000000000000000, 0.209482141084727828012999174891714, 0.417959183673469387755102040816327),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_integrate_polynomials() {
        let sum: f64 = gauss_legendre(6).iter().map(|(x, w)| w * x.powi(10)).sum();
        assert!((sum - 2.0 / 11.0).abs() < 1e-14);
        let kronrod: f64 = KRONROD_15.iter().map(|(x, k, _)| k * x.powi(12) * if *x == 0.0 { 1.0 } else { 2.0 }).sum();
        assert!((kronrod - 2.0 / 13.0).abs() < 1e-14);
    }
}
