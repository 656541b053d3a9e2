#pragma once
// The older part of a long list, which waits in the store: read a page at a time, or page after page until the oldest, so that a filter or an
// export sees everything (ux.md 3). The list's view model answers each page. Ui thread.

#include <QObject>
#include <QSet>

#include <functional>

namespace fb {

class OlderRows : public QObject
{
    Q_OBJECT
public:
    explicit OlderRows(std::function<void()> ask, QObject *parent = nullptr); // `ask`: for the next page

    bool hasAny() const { return m_hasAny; }
    bool isReading() const { return m_isReading; }
    bool isReadingAll() const { return !m_wanting.isEmpty(); }
    bool isCut() const { return m_isCut; } // what is older than the most rows of the list is not read
    void read(); // one page
    // For `who`, until the oldest, or until nobody wants it any more: then after the page that is being read.
    void readAll(const QObject *who);
    void stop(const QObject *who);
    void forget(const QObject *who) { m_wanting.remove(who); } // it is being destroyed: nobody is told

    // ---- From the view model
    void setReading(); // the first page
    void answered(bool hasOlder);
    void failed();
    void cut(); // the oldest that were read are gone: no more, or there would be a hole

signals:
    void changed();
    void readingAllEnded(bool isWhole); // false: stopped, or a page could not be read

private:
    void endAll(bool isWhole);

    std::function<void()> m_ask;
    bool m_hasAny = false;
    bool m_isReading = false;
    QSet<const QObject *> m_wanting; // all; only compared
    bool m_isCut = false;
};

}
