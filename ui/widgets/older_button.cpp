#include "ui/widgets/older_button.h"

#include "models/table/older_rows.h"
#include "ui/theme/theme.h"
#include "ui/widgets/filter_line.h"
#include "ui/widgets/icon_button.h"

namespace fb {

namespace {
    constexpr auto kPause = std::chrono::milliseconds(400);
}

OlderButton::OlderButton(const QString &objectName, OlderRows &older, const LiveTableModel &rows,
                         const FilterLine &filter, Words words)
    : m_older(older),
      m_rows(rows),
      m_filter(filter),
      m_words(std::move(words))
{
    setUpButton(this, objectName, {}, Icon::Expand, ButtonKind::Plain);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kPause);
    connect(this, &QPushButton::clicked, this, &OlderButton::press);
    connect(&older, &OlderRows::changed, this, &OlderButton::update);
    connect(&rows, &LiveTableModel::shownChanged, this, &OlderButton::update);
    connect(&filter, &FilterLine::queryChanged, this, [this] {
        if (isFiltered()) {
            m_typing.start();
        } else {
            m_typing.stop();
            m_older.stop(this);
        }
        update();
    });
    connect(&m_typing, &QTimer::timeout, this, [this] { m_older.readAll(this); });
    update();
}

OlderButton::~OlderButton() { m_older.forget(this); }

bool OlderButton::isFiltered() const { return !m_filter.query().isEmpty(); }

void OlderButton::press()
{
    if (m_older.isReadingAll())
        m_older.stop(this);
    else if (isFiltered())
        m_older.readAll(this);
    else
        m_older.read();
}

void OlderButton::update()
{
    const bool bounded = m_older.isCut() && isFiltered() && !m_words.bounded.isEmpty();
    setVisible(bounded || m_older.hasAny() || (m_older.isReading() && m_rows.totalRows() > 0));
    setEnabled(!bounded && (m_older.isReadingAll() || !m_older.isReading()));
    setText(bounded                      ? m_words.bounded.arg(locale().toString(m_rows.totalRows()))
                : m_older.isReadingAll() ? m_words.searching.arg(locale().toString(m_rows.totalRows()))
                : m_older.isReading()    ? m_words.reading
                : isFiltered()           ? m_words.search
                                         : m_words.load);
}

}
