#include "ui/charts/line_chart.h"

#include "models/table/plain_tool_tip.h"
#include "models/table/visible_text.h"
#include "ui/charts/chart_area.h"
#include "ui/charts/chart_theme.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/wrap_layout.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QImage>
#include <QMenu>
#include <QPainter>
#include <QSaveFile>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr qsizetype kSeriesNameChars = 60;

    // One entry of the legend: a piece of the series' line, and its name; off is hollow and grey.
    class LegendEntry final : public QAbstractButton
    {
    public:
        LegendEntry(int color, const QString &name, QWidget *parent) : QAbstractButton(parent), m_color(color)
        {
            setText(name);
            setAccessibleName(LineChart::tr("Show %1").arg(name));
            setToolTip(plainToolTip(name));
            setCheckable(true);
            setFocusPolicy(Qt::TabFocus);
        }
        QSize sizeHint() const override
        {
            const Theme &theme = themeOf(this);
            const int words = QFontMetrics(theme.font(TextRole::Small)).horizontalAdvance(text());
            return {std::min(words, theme.metrics().lines(14)) + theme.metrics().step(7),
                    theme.metrics().chip()};
        }

    protected:
        void paintEvent(QPaintEvent *) override
        {
            const Theme &theme = themeOf(this);
            const Metrics &m = theme.metrics();
            QPainter painter(this);
            painter.setRenderHint(QPainter::Antialiasing);
            QPen pen = seriesPen(theme, m_color);
            if (!isChecked())
                pen.setColor(theme.color(Token::Disabled));
            painter.setPen(pen);
            painter.drawLine(QPointF(m.step(0.5), height() / 2.0), QPointF(m.step(4.5), height() / 2.0));
            painter.setFont(theme.font(TextRole::Small));
            painter.setPen(theme.color(isChecked() ? Token::Text2 : Token::Text3));
            QFont font = painter.font();
            font.setStrikeOut(!isChecked());
            painter.setFont(font);
            const QRect room = rect().adjusted(m.step(6), 0, 0, 0);
            painter.drawText(room, Qt::AlignVCenter | Qt::TextSingleLine,
                             painter.fontMetrics().elidedText(text(), Qt::ElideRight, room.width()));
            if (hasFocus())
                drawFocusRing(&painter, theme, rect().adjusted(1, 1, -1, -1), Metrics::kBoxRadius);
        }

    private:
        int m_color;
    };
}

LineChart::LineChart(const QString &objectName, const QString &title, ChartUnit unit, QWidget *parent)
    : Surface(Token::Raised, parent),
      m_title(title),
      m_unit(unit),
      m_titleLabel(new TextLabel(title, TextRole::SectionHeading)),
      m_answer(new TextLabel(TextRole::Body, Token::Text2)),
      m_waiting(new TextLabel(TextRole::Body, Token::Text3)),
      m_legend(new QWidget),
      m_area(new ChartArea)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(objectName);
    setOutline(Token::Border, Metrics::kCardRadius);
    m_area->setUnit(unit);
    m_area->setObjectName(objectName + u"Area"_s);
    m_area->setAccessibleName(title);
    m_area->setMinimumHeight(m.lines(7));
    m_answer->setObjectName(objectName + u"Answer"_s);
    m_answer->setElided(Qt::ElideRight);
    m_answer->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_waiting->setWordWrap(true);
    m_waiting->hide();
    auto *more = makeIconButton(objectName + u"More"_s, Icon::More, tr("Copy or save %1").arg(title));
    auto *menu = new QMenu(this);
    fillMenu(menu);
    auto *head = new QHBoxLayout;
    head->setSpacing(m.step(2.5));
    head->addWidget(m_titleLabel);
    head->addWidget(m_answer, 1);
    head->addWidget(more);
    new WrapLayout(m.step(3), m.step(1), m_legend);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(m.cardPadding(), m.step(2.5), m.step(2.5), m.step(2.5));
    column->setSpacing(m.step(1));
    column->addLayout(head);
    column->addWidget(m_legend);
    column->addWidget(m_waiting);
    column->addWidget(m_area, 1);
    m_legend->hide();

    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &LineChart::update);
    connect(more, &QToolButton::clicked, this,
            [menu, more] { menu->popup(more->mapToGlobal(QPoint(0, more->height() + 2))); });
    connect(m_area, &ChartArea::zoomed, this, &LineChart::rangeChosen);
    connect(m_area, &ChartArea::resetAsked, this, &LineChart::rangeReset);
}

void LineChart::setAnswer(const QString &answer) { m_answer->setText(answer); }

void LineChart::setGap(Microseconds gap) { m_area->setGap(gap); }

void LineChart::setWaiting(const QString &text)
{
    m_waiting->setText(text);
    m_waiting->setVisible(!text.isEmpty() && ChartData::isEmpty(m_series));
}

void LineChart::setSeries(const QList<ChartSeries> &series)
{
    m_series = series;
    m_waiting->setVisible(ChartData::isEmpty(series) && !m_waiting->text().isEmpty());
    if (m_pause.isActive())
        return;
    const auto since = std::chrono::milliseconds(m_sinceUpdate.isValid() ? m_sinceUpdate.elapsed() : 1000000);
    if (since >= kLeastPause)
        update();
    else
        m_pause.start(kLeastPause - since);
}

void LineChart::setRange(Instant from, Instant to)
{
    m_from = from;
    m_to = to;
    update();
}

void LineChart::update()
{
    m_pause.stop();
    m_sinceUpdate.start();
    ++m_updates;
    const QList<ChartSeries> all = ChartData::folded(m_series);
    m_shown.clear();
    QList<int> colors;
    QStringList names;
    for (qsizetype i = 0; i < all.size(); ++i) {
        names << all[i].name;
        if (m_off.contains(all[i].name))
            continue;
        m_shown << all[i];
        colors << static_cast<int>(i);
    }
    if (names != m_legendNames) {
        m_legendNames = names;
        rebuildLegend();
    }
    m_area->show(m_shown, colors, m_from, m_to);
    m_area->setAccessibleName(
        QStringLiteral("%1 %2").arg(m_title, ChartData::inWords(m_shown, m_unit, m_from, m_to)));
}

void LineChart::rebuildLegend()
{
    while (QLayoutItem *item = m_legend->layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int i = 0; i < m_legendNames.size(); ++i) {
        auto *entry = new LegendEntry(i, visibleText(m_legendNames[i], kSeriesNameChars), m_legend);
        entry->setChecked(!m_off.contains(m_legendNames[i]));
        connect(entry, &QAbstractButton::toggled, this, [this, name = m_legendNames[i]](bool on) {
            if (on)
                m_off.remove(name);
            else
                m_off.insert(name);
            update();
        });
        m_legend->layout()->addWidget(entry);
        entry->show();
    }
    m_legend->setVisible(m_legendNames.size() > 1);
    m_legend->updateGeometry();
}

QImage LineChart::picture() const
{
    QImage image(size() * 2, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(2);
    image.fill(themeOf(this).color(Token::Page));
    const_cast<LineChart *>(this)->render(&image); // paints, changes nothing
    return image;
}

QString LineChart::csv() const { return ChartData::csv(m_shown, m_from, m_to); }

void LineChart::fillMenu(QMenu *menu)
{
    const auto add = [&](const QString &name, const QString &text, std::function<void()> run) {
        QAction *action = menu->addAction(text);
        action->setObjectName(objectName() + name);
        connect(action, &QAction::triggered, this, std::move(run));
    };
    add(u"CopyPicture"_s, tr("Copy picture"), [this] { QGuiApplication::clipboard()->setImage(picture()); });
    add(u"CopyCsv"_s, tr("Copy values as CSV"), [this] { QGuiApplication::clipboard()->setText(csv()); });
    menu->addSeparator();
    add(u"SavePicture"_s, tr("Save picture as PNG..."), [this] { save(u"png"_s); });
    add(u"SaveCsv"_s, tr("Save values as CSV..."), [this] { save(u"csv"_s); });
    menu->addSeparator();
    add(u"Reset"_s, tr("Show the whole period again"), [this] { emit rangeReset(); });
}

void LineChart::save(const QString &suffix)
{
    auto *dialog = new QFileDialog(this, tr("Save %1").arg(m_title));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(u"*."_s + suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this, suffix](const QString &path) {
        QSaveFile file(path);
        bool saved = file.open(QIODevice::WriteOnly);
        if (saved && suffix == u"png")
            saved = picture().save(&file, "PNG");
        else if (saved)
            saved = file.write(csv().toUtf8()) >= 0;
        if (!saved || !file.commit())
            m_answer->setText(tr("Not saved: %1").arg(file.errorString()));
    });
    dialog->open();
}

}
