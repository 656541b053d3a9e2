#pragma once
// A list page's values of the test's choice. Answers come later, on the event loop, as a feed's do.

#include "models/table/list_view_model.h"

namespace fb::test {

template <typename T, typename Source = ListSource<T>>
class FakeListSource : public Source
{
public:
    using News = typename Source::News;

    void start(News news) override
    {
        this->news = std::move(news);
        later([this] {
            if (problem) {
                this->news.failed(*std::exchange(problem, std::nullopt));
                return;
            }
            this->news.arrived(values);
            this->news.complete(!olderPages.isEmpty());
        });
    }
    void readOlder() override
    {
        later([this] {
            this->news.arrived(olderPages.takeFirst());
            this->news.complete(!olderPages.isEmpty());
        });
    }
    Instant now() const override { return fromMicros(1790000000000000); }

    QList<T> values;
    QList<QList<T>> olderPages;
    std::optional<ShownError> problem; // of the next start
    News news;

protected:
    void later(std::function<void()> fn)
    {
        QMetaObject::invokeMethod(&m_loop, std::move(fn), Qt::QueuedConnection);
    }

private:
    QObject m_loop;
};

}
