#include "ui/nodes/tools/performance_tab.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/charts/chart_area.h"
#include "ui/charts/line_chart.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/scroll_box.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QGridLayout>
#include <QPushButton>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kSpans[] = {1, 5, 15}; // min
}

PerformanceTab::PerformanceTab(PerformanceSource &source, const QString &nodeId, QWidget *parent)
    : QWidget(parent),
      m_model(source, nodeId),
      m_span(new QComboBox),
      m_status(new TextLabel(TextRole::Body, Token::Text2))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"performanceTab"_s);
    m_span->setObjectName(u"performanceSpan"_s);
    m_span->setAccessibleName(tr("How much time the charts show"));
    for (const int minutes : kSpans)
        m_span->addItem(tr("last %n min", nullptr, minutes), minutes);
    m_status->setObjectName(u"performanceStatus"_s);
    auto *stored = makeButton(u"performanceStored"_s, tr("Longer ranges"), Icon::History, ButtonKind::Plain);
    stored->setToolTip(tr("What was measured each minute is on the tab Metrics."));
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    tools->setSpacing(m.step(3));
    tools->addWidget(m_span);
    tools->addWidget(m_status, 1);
    tools->addWidget(stored);
    auto *content = new QWidget;
    auto *grid = new QGridLayout(content);
    grid->setContentsMargins(m.pageMargin(), 0, m.pageMargin(), m.step(5));
    grid->setSpacing(m.cardGap());
    const QList<PerformanceHistory::Chart> charts = PerformanceHistory::empty();
    for (int i = 0; i < charts.size(); ++i) {
        auto *chart = new LineChart(u"liveChart-"_s + charts[i].name, charts[i].title, charts[i].unit);
        chart->setMinimumHeight(m.lines(13));
        chart->setGap(PerformanceHistory::kGap);
        connect(chart, &LineChart::rangeChosen, this, [this](Instant from, Instant to) {
            m_zoom = std::pair(from, to);
            update();
        });
        connect(chart, &LineChart::rangeReset, this, [this] {
            m_zoom.reset();
            update();
        });
        grid->addWidget(chart, i / 2, i % 2);
        m_charts.insert(charts[i].name, chart);
    }
    auto *scroll = new ScrollBox(tr("Performance"));
    scroll->setContent(content);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(scroll, 1);
    connect(m_span, &QComboBox::currentIndexChanged, this, [this] {
        m_zoom.reset();
        update();
    });
    connect(stored, &QPushButton::clicked, this, &PerformanceTab::metricsWanted);
    connect(&m_model, &PerformanceViewModel::changed, this, &PerformanceTab::update);
    update();
}

void PerformanceTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model.setLooking(true);
}

void PerformanceTab::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_model.setLooking(false);
}

QString PerformanceTab::answerOf(const PerformanceHistory::Chart &chart) const
{
    if (chart.series.isEmpty() || chart.series.first().points.isEmpty())
        return {};
    const ChartPoint &newest = chart.series.first().points.last();
    if (newest.at != m_model.asOf())
        return {}; // it is not how things are now
    if (chart.name == u"cpu" && m_model.cores() > 0)
        return tr("%1, %n core(s)", nullptr, m_model.cores())
            .arg(ChartData::valueText(newest.value, ChartUnit::Percent));
    return chart.name == u"memory" || chart.name == u"load" ? ChartData::valueText(newest.value, chart.unit)
                                                            : QString();
}

void PerformanceTab::update()
{
    using State = PerformanceViewModel::State;
    const State state = m_model.state();
    const QString asOf = toMicros(m_model.asOf()) > 0 ? RelativeTime::clock(m_model.asOf()) : QString();
    QString waiting = tr("The first values come in a few seconds.");
    if (state == State::Offline) {
        waiting = tr("The node is not connected. Charts go on when it is back.");
        m_status->setText(asOf.isEmpty() ? tr("Not connected.") : tr("Not connected. As of %1.").arg(asOf));
    } else if (state == State::Failed) {
        waiting = tr("The counters could not be read.");
        m_status->setText(
            tr("The counters could not be read: %1").arg(visibleText(m_model.problem().message, 120)));
    } else if (m_zoom) {
        m_status->setText(tr("A part of the time; a double click on a chart shows all again."));
    } else {
        m_status->setText(state == State::Live ? tr("live, one point a second") : QString());
    }
    const Instant to = m_zoom ? m_zoom->second : m_model.now();
    const Instant from = m_zoom ? m_zoom->first : to - std::chrono::minutes(m_span->currentData().toInt());
    const QList<PerformanceHistory::Chart> charts = m_model.charts();
    for (const PerformanceHistory::Chart &values : charts) {
        LineChart *chart = m_charts.value(values.name);
        chart->setWaiting(waiting);
        chart->setAnswer(answerOf(values));
        chart->setSeries(values.series);
        chart->setRange(from, to);
    }
}

}
