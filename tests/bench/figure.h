#pragma once
// One measured row, its budget, and the yardstick measured beside it in the same call. Printed as a table and as JSON.

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace fb::bench {

enum class Better { Less, More };

// Budgets are stated for a quiet machine. On a noisy one the yardstick, which did `seen` when quiet, suffers as we do: then the ratio of ours
// to it is judged against budget / seen.
struct Yardstick {
    std::string what;
    double value = 0;
    double seen = 0; // on a quiet machine; 0: unknown, the ratio is only reported
};

struct Figure {
    std::string name; // "store: rows per CPU s"
    double value = 0;
    std::string unit;
    double budget = 0;
    Better better = Better::Less;
    std::optional<Yardstick> yardstick;
    std::string note; // what was measured, in a few words

    double ratio() const; // ours to the yardstick's; 0 without one
    bool isOk() const;
};

std::string asTable(const std::vector<Figure> &figures);
std::string
asJson(const std::vector<Figure> &figures); // [{"name","value","unit","budget","yardstick","ratio","ok"}]

double median(std::vector<double> values);

struct Pair {
    double ours = 0;
    double yardstick = 0;
};
// Runs both in turns, so that noise hits both alike, and takes the median of each.
Pair alternately(int runs, const std::function<double()> &ours, const std::function<double()> &yardstick);

}
