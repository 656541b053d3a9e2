#pragma once
// A list page's state: its table, whether it has been read, whether older entries wait in the store. ListSource is where its values come
// from: a feed with the engine in this process, or a test. Ui thread.

#include "models/table/shown_error.h"
#include "models/table/value_table_model.h"

#include <QTimer>

#include <functional>

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
    using QObject::QObject;

    virtual LiveTableModel &table() = 0;
    virtual QStringList filterKeys() const = 0;
    virtual void start() = 0; // also: again, after a problem
    virtual Instant now() const = 0;

    bool isLoaded() const { return m_loaded; }
    bool hasOlder() const { return m_hasOlder; }
    bool isReading() const { return m_reading; }
    void readOlder()
    {
        if (!m_hasOlder || std::exchange(m_reading, true))
            return;
        emit stateChanged();
        askOlder();
    }

signals:
    void stateChanged(); // loaded, reading, older
    void valuesChanged();
    void problemArose(const fb::ShownError &problem);

protected:
    virtual void askOlder() = 0;
    void setReading()
    {
        m_reading = true;
        emit stateChanged();
    }
    void setComplete(bool hasOlder)
    {
        m_loaded = true;
        m_reading = false;
        m_hasOlder = hasOlder;
        emit stateChanged();
    }
    void setFailed(const ShownError &problem)
    {
        m_reading = false;
        emit stateChanged();
        emit problemArose(problem);
    }

private:
    bool m_loaded = false;
    bool m_reading = false;
    bool m_hasOlder = false;
};

template <typename T, typename Source = ListSource<T>>
class ValueListViewModel final : public ListViewModel
{
public:
    ValueListViewModel(Source &source, typename ValueTableModel<T>::IdOf idOf, QList<TableColumn<T>> columns,
                       QObject *parent = nullptr)
        : ListViewModel(parent),
          m_source(source),
          m_table(idOf, std::move(columns))
    {
        connect(&m_ages, &QTimer::timeout, this, [this] { m_table.setNow(m_source.now()); });
    }

    Source &source() { return m_source; }
    ValueTableModel<T> &values() { return m_table; }
    LiveTableModel &table() override { return m_table; }
    QStringList filterKeys() const override { return m_table.filterKeys(); }
    Instant now() const override { return m_source.now(); }
    void start() override
    {
        setReading();
        m_table.setNow(m_source.now());
        m_ages.start(std::chrono::seconds(1));
        m_source.start({.arrived =
                            [this](const QList<T> &values) {
                                m_table.apply(values);
                                emit valuesChanged();
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
    Source &m_source;
    ValueTableModel<T> m_table;
    QTimer m_ages; // relative times once a second
};

}
