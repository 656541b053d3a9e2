#include "ui/theme/metrics.h"

#include <cmath>

namespace fb {

Metrics::Metrics(int fontPixels)
    : m_p(fontPixels),
      m_h(static_cast<int>(std::ceil(1.38 * fontPixels))),
      m_u(static_cast<int>(std::lround(m_h * 2 / 9.0)))
{
}

int Metrics::step(double steps) const { return static_cast<int>(std::lround(m_u * steps)); }

int Metrics::lines(double count) const { return static_cast<int>(std::lround(m_h * count)); }

}
