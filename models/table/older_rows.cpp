#include "models/table/older_rows.h"

#include <QTimer>

namespace fb {

OlderRows::OlderRows(std::function<void()> ask, QObject *parent) : QObject(parent), m_ask(std::move(ask)) { }

void OlderRows::setReading()
{
    m_isReading = true;
    emit changed();
}

void OlderRows::read()
{
    if (!m_hasAny || m_isReading)
        return;
    setReading();
    m_ask();
}

void OlderRows::readAll(const QObject *who)
{
    m_wanting.insert(who);
    if (!m_hasAny && !m_isReading)
        return endAll(true);
    read();
    emit changed();
}

void OlderRows::stop(const QObject *who)
{
    if (m_wanting.contains(who) && m_wanting.size() == 1)
        return endAll(false);
    m_wanting.remove(who);
    emit changed();
}

void OlderRows::answered(bool hasOlder)
{
    m_isReading = false;
    m_hasAny = hasOlder && !m_isCut;
    emit changed();
    if (!isReadingAll())
        return;
    if (!m_hasAny)
        return endAll(true);
    // The window has its turn between two pages.
    QTimer::singleShot(0, this, [this] {
        if (isReadingAll())
            read();
    });
}

void OlderRows::failed()
{
    m_isReading = false;
    endAll(false);
    emit changed();
}

void OlderRows::cut()
{
    m_isCut = true;
    m_hasAny = false;
    emit changed();
}

void OlderRows::endAll(bool isWhole)
{
    if (!isReadingAll())
        return;
    m_wanting.clear();
    emit readingAllEnded(isWhole);
    emit changed();
}

}
