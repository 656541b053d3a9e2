#include "ui/nodes/tools/performance_tab.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/charts/chart_area.h"
#include "ui/charts/line_chart.h"
#include "ui/nodes/tools/compare_bar.h"
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

PerformanceTab::PerformanceTab(PerformanceSource &source, ComparedNodes &nodes, QWidget *parent)
    : QWidget(parent),
      m_nodes(nodes),
      m_model(source, nodes.own()),
      m_bar(new CompareBar(nodes)),
      m_span(new QComboBox),
      m_status(new TextLabel(TextRole::Body, Token::Text2)),
      m_one(makeCharts(u"liveChart-"_s, PerformanceHistory::empty())),
      m_many(makeCharts(u"compareChart-"_s, PerformanceHistory::emptyOverlay()))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"performanceTab"_s);
    m_span->setObjectName(u"performanceSpan"_s);
    m_span->setAccessibleName(tr("Time range of the charts"));
    for (const int minutes : kSpans)
        m_span->addItem(tr("last %n min", nullptr, minutes), minutes);
    m_status->setObjectName(u"performanceStatus"_s);
    auto *stored = makeButton(u"performanceStored"_s, tr("Longer ranges"), Icon::History, ButtonKind::Plain);
    stored->setToolTip(tr("The Metrics tab shows one value per minute for longer ranges."));
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    tools->setSpacing(m.step(3));
    tools->addWidget(m_span);
    tools->addWidget(m_status, 1);
    tools->addWidget(m_bar->makeChoice(u"performanceCompare"_s));
    tools->addWidget(stored);
    auto *bar = new QVBoxLayout;
    bar->setContentsMargins(m.pageMargin(), 0, m.pageMargin(), 0);
    bar->addWidget(m_bar);
    auto *content = new QWidget;
    auto *charts = new QVBoxLayout(content);
    charts->setContentsMargins(m.pageMargin(), 0, m.pageMargin(), m.step(5));
    charts->addWidget(m_one);
    charts->addWidget(m_many);
    auto *scroll = new ScrollBox(tr("Performance"));
    scroll->setContent(content);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addLayout(bar);
    column->addWidget(scroll, 1);
    m_bar->setContentsMargins(0, 0, 0, m.step(3));
    connect(m_span, &QComboBox::currentIndexChanged, this, [this] {
        m_zoom.reset();
        update();
    });
    connect(stored, &QPushButton::clicked, this, &PerformanceTab::metricsWanted);
    connect(&m_model, &PerformanceViewModel::changed, this, &PerformanceTab::update);
    connect(&m_nodes, &ComparedNodes::changed, this, &PerformanceTab::compare);
    compare();
}

QWidget *PerformanceTab::makeCharts(const QString &prefix, const QList<PerformanceHistory::Chart> &charts)
{
    const Metrics &m = themeOf(this).metrics();
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(m.cardGap());
    for (int i = 0; i < charts.size(); ++i) {
        auto *chart = new LineChart(prefix + charts[i].name, charts[i].title, charts[i].unit);
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
        m_charts.insert(chart->objectName(), chart);
    }
    return box;
}

void PerformanceTab::compare()
{
    const bool isOne = m_nodes.others().isEmpty();
    m_one->setVisible(isOne);
    m_many->setVisible(!isOne);
    m_model.setCompared(m_nodes.others()); // tells that it changed
}

void PerformanceTab::updateNotes()
{
    using State = PerformanceViewModel::State;
    QHash<QString, QString> notes;
    const QStringList ids = m_nodes.all();
    for (const QString &id : ids) {
        const NodeSamples *samples = m_model.samplesOf(id);
        if (samples && samples->state() == State::Offline)
            notes.insert(id, tr("not connected"));
        else if (samples && samples->state() == State::Failed)
            notes.insert(id, samples->problem().headline());
    }
    m_bar->setNotes(notes);
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
    QString waiting = tr("The first values arrive in a few seconds.");
    if (state == State::Offline) {
        waiting = tr("The node is not connected. Charts continue when it is back.");
        m_status->setText(asOf.isEmpty() ? tr("Not connected.") : tr("Not connected. As of %1.").arg(asOf));
    } else if (state == State::Failed) {
        waiting = tr("The counters could not be read.");
        m_status->setText(tr("The counters could not be read: %1").arg(m_model.problem().words(120)));
    } else if (m_zoom) {
        m_status->setText(tr("Zoomed in. Double-click a chart to show everything again."));
    } else {
        m_status->setText(state == State::Live ? tr("live, one point a second") : QString());
    }
    const Instant to = m_zoom ? m_zoom->second : m_model.now();
    const Instant from = m_zoom ? m_zoom->first : to - std::chrono::minutes(m_span->currentData().toInt());
    const bool isOne = m_nodes.others().isEmpty();
    if (!isOne)
        updateNotes();
    const QList<PerformanceHistory::Chart> charts
        = isOne ? m_model.charts() : m_model.overlay(m_nodes.names());
    for (const PerformanceHistory::Chart &values : charts) {
        LineChart *chart = m_charts.value((isOne ? u"liveChart-"_s : u"compareChart-"_s) + values.name);
        chart->setWaiting(isOne ? waiting : tr("The first values arrive in a few seconds."));
        chart->setAnswer(isOne ? answerOf(values)
                               : ChartData::highestNow(values.series, values.unit, PerformanceHistory::kGap));
        chart->setSeries(values.series);
        chart->setRange(from, to);
    }
}

}
