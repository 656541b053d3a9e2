#pragma once
// What flagbridge-bench measures, by room. Each returns its rows; a failure to measure is an error that says why.

#include "backend/core/result.h"
#include "tests/bench/figure.h"

#include <string>
#include <vector>

namespace fb::bench {

using Figures = Result<std::vector<Figure>>;

Figures measureStore();
Figures measureHandshakes();
Figures measureFanOut();
Figures measureConnected();
Figures measureReconnect();
Figures measureAgent();
Figures measureFilter();
Figures measureConsole();
Figures measureTerminal();
Figures measureSession();
Figures measurePort();
Figures measureFiles();

}
