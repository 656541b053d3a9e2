#pragma once
// A list page's state: its table, whether it has been read, whether older entries wait in the store. ListSource is where its values come
// from: a feed with the engine in this process, or a test. Ui thread.

#include "models/table/older_rows.h"
#include "models/table/shown_error.h"
#include "models/table/value_table_model.h"

#include <QTimer>

#include <algorithm>
#include <functional>
#include <vector>

namespace fb {

template <typename T>
class ListSource
{
public:
    struct News { // called on the ui thread, never from within start() or readOlder()
        std::function<void(const QList<T> &values)> arrived; // new or changed
        std::function<void(const QStringList &ids)> removed;
        std::function<void(bool hasOlder)> complete; // the first list, or an answer to readOlder(), is whole
        std::function<void(const ShownError &problem)> failed;
    };
    virtual ~ListSource() = default;

    virtual void start(News news) = 0;
    virtual void readOlder() { }
    virtual Instant now() const = 0;
};

class ListViewModel : public QObject
{
    Q_OBJECT
public:
    explicit ListViewModel(QObject *parent = nullptr) : QObject(parent)
    {
        connect(&m_older, &OlderRows::changed, this, &ListViewModel::stateChanged);
    }

    virtual LiveTableModel &table() = 0;
    virtual void start() = 0; // also: again, after a problem
    virtual Instant now() const = 0;

    bool isLoaded() const { return m_loaded; }
    OlderRows &older() { return m_older; }
    const OlderRows &older() const { return m_older; }
    // While held, new rows wait, so that nothing moves under who reads; rows that are shown still change.
    virtual void setHeld(bool held) = 0;
    virtual int waiting() const = 0;

signals:
    void stateChanged(); // loaded, reading, older
    void valuesChanged();
    void problemArose(const fb::ShownError &problem);

protected:
    virtual void askOlder() = 0;
    void setComplete(bool hasOlder)
    {
        m_loaded = true;
        m_older.answered(hasOlder);
    }
    void setFailed(const ShownError &problem)
    {
        m_older.failed();
        emit problemArose(problem);
    }

private:
    bool m_loaded = false;
    OlderRows m_older {[this] { askOlder(); }};
};

template <typename T, typename Source = ListSource<T>>
class ValueListViewModel : public ListViewModel
{
public:
    ValueListViewModel(Source &source, typename ValueTableModel<T>::IdOf idOf, QList<TableColumn<T>> columns,
                       QObject *parent = nullptr)
        : ListViewModel(parent),
          m_source(source),
          m_table(idOf, std::move(columns)),
          m_idOf(idOf)
    {
        connect(&m_ages, &QTimer::timeout, this, [this] { m_table.setNow(m_source.now()); });
    }

    Source &source() { return m_source; }
    ValueTableModel<T> &values() { return m_table; }
    LiveTableModel &table() override { return m_table; }
    // Of a stream without end: at most `rows`; those with the smallest order go, and no older ones are asked for any more.
    void setMostRows(int rows, qint64 (*orderOf)(const T &value))
    {
        m_mostRows = rows;
        m_orderOf = orderOf;
    }
    void setHeld(bool held) override
    {
        m_held = held;
        if (held || m_waiting.isEmpty())
            return;
        take(std::exchange(m_waiting, {}));
        emit stateChanged();
    }
    int waiting() const override { return static_cast<int>(m_waiting.size()); }
    Instant now() const override { return m_source.now(); }
    void start() override
    {
        older().setReading();
        m_table.setNow(m_source.now());
        m_ages.start(std::chrono::seconds(1));
        m_source.start({.arrived =
                            [this](const QList<T> &values) {
                                if (m_held && !older().isReading())
                                    hold(values);
                                else
                                    take(values);
                            },
                        .removed =
                            [this](const QStringList &ids) {
                                m_table.remove(ids);
                                emit valuesChanged();
                            },
                        .complete = [this](bool hasOlder) { setComplete(hasOlder); },
                        .failed = [this](const ShownError &problem) { setFailed(problem); }});
    }

protected:
    void askOlder() override { m_source.readOlder(); }

private:
    void take(const QList<T> &values)
    {
        m_table.apply(values);
        if (m_mostRows > 0 && m_table.totalRows() > m_mostRows)
            dropOldest();
        emit valuesChanged();
    }
    void dropOldest() // a tenth more than must be, so that it is not done for each row
    {
        std::vector<qint64> orders;
        for (const T &value : m_table.values())
            orders.push_back(m_orderOf(value));
        const auto keep = static_cast<size_t>(m_mostRows - m_mostRows / 10);
        const auto cut = orders.end() - static_cast<std::ptrdiff_t>(keep);
        std::nth_element(orders.begin(), cut, orders.end());
        QStringList gone;
        for (const T &value : m_table.values()) {
            if (m_orderOf(value) < *cut)
                gone << m_idOf(value);
        }
        m_table.remove(gone);
        older().cut();
    }
    void hold(const QList<T> &values)
    {
        QList<T> known;
        for (const T &value : values) {
            if (m_table.value(m_idOf(value)))
                known << value;
            else
                m_waiting << value;
        }
        if (m_mostRows > 0 && m_waiting.size() > m_mostRows)
            m_waiting.remove(0, m_waiting.size() - m_mostRows);
        if (!known.isEmpty())
            take(known);
        emit stateChanged();
    }

    Source &m_source;
    ValueTableModel<T> m_table;
    typename ValueTableModel<T>::IdOf m_idOf;
    QTimer m_ages; // relative times once a second
    QList<T> m_waiting; // new ones, while held
    bool m_held = false;
    int m_mostRows = 0; // 0: all
    qint64 (*m_orderOf)(const T &value) = nullptr;
};

}
