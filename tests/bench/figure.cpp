#include "tests/bench/figure.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <fmt/format.h>

#include <algorithm>

namespace fb::bench {

double Figure::ratio() const { return yardstick && yardstick->value > 0 ? value / yardstick->value : 0; }

bool Figure::isOk() const
{
    const auto within = [this](double measured, double limit) {
        return better == Better::Less ? measured <= limit : measured >= limit;
    };
    if (within(value, budget))
        return true;
    return yardstick && yardstick->seen > 0 && yardstick->value > 0
        && within(ratio(), budget / yardstick->seen);
}

std::string asTable(const std::vector<Figure> &figures)
{
    const auto number = [](double value) {
        return value >= 1000 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
    };
    std::string out = fmt::format("{:<44} {:>10} {:<12} {:>10} {:>10} {:>7}  {:<4} {}\n", "what", "ours",
                                  "unit", "budget", "yardstick", "ratio", "", "measured");
    for (const Figure &figure : figures) {
        out += fmt::format(
            "{:<44} {:>10} {:<12} {:>10} {:>10} {:>7}  {:<4} {}\n", figure.name, number(figure.value),
            figure.unit, (figure.better == Better::Less ? "< " : "> ") + number(figure.budget),
            figure.yardstick ? number(figure.yardstick->value) : "-",
            figure.yardstick ? fmt::format("{:.2f}", figure.ratio()) : "-", figure.isOk() ? "ok" : "MISS",
            figure.note
                + (figure.yardstick ? fmt::format("; yardstick: {}", figure.yardstick->what)
                                    : std::string()));
    }
    return out;
}

std::string asJson(const std::vector<Figure> &figures)
{
    QJsonArray rows;
    for (const Figure &figure : figures) {
        rows.append(QJsonObject {
            {QStringLiteral("name"), QString::fromStdString(figure.name)},
            {QStringLiteral("value"), figure.value},
            {QStringLiteral("unit"), QString::fromStdString(figure.unit)},
            {QStringLiteral("budget"), figure.budget},
            {QStringLiteral("yardstick"),
             figure.yardstick ? QJsonValue(figure.yardstick->value) : QJsonValue()},
            {QStringLiteral("ratio"), figure.yardstick ? QJsonValue(figure.ratio()) : QJsonValue()},
            {QStringLiteral("ok"), figure.isOk()},
        });
    }
    return QJsonDocument(rows).toJson().toStdString();
}

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

Pair alternately(int runs, const std::function<double()> &ours, const std::function<double()> &yardstick)
{
    std::vector<double> oursValues;
    std::vector<double> yardstickValues;
    for (int run = 0; run < runs; ++run) {
        yardstickValues.push_back(yardstick());
        oursValues.push_back(ours());
    }
    return {median(std::move(oursValues)), median(std::move(yardstickValues))};
}

}
