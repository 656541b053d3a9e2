#include "ui/activity/activity_panel.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/state_look.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QGuiApplication>
#include <QPainter>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    // Done of total; of an unknown total nothing is drawn.
    class ProgressLine final : public QWidget
    {
    public:
        ProgressLine(const Activity &activity, QWidget *parent) : QWidget(parent)
        {
            setFixedHeight(4);
            m_share = activity.total > 0
                ? static_cast<double>(activity.done) / static_cast<double>(activity.total)
                : 0;
            m_tone = lookOf(activity.state).tone;
            setAccessibleName(ActivityPanel::tr("%1 percent done").arg(qRound(m_share * 100)));
        }

    protected:
        void paintEvent(QPaintEvent *) override
        {
            const Theme &theme = themeOf(this);
            QPainter painter(this);
            drawOutline(&painter, rect(), 2, Qt::transparent, theme.color(Token::Border));
            const int width = qRound(this->width() * qBound(0.0, m_share, 1.0));
            if (width > 0)
                drawOutline(&painter, QRect(0, 0, width, height()), 2, Qt::transparent,
                            theme.toneFill(m_tone));
        }

    private:
        double m_share;
        Tone m_tone;
    };
}

ActivityPanel::ActivityPanel(ActivityList &activities, QWidget *parent)
    : ListPanel(
        u"activityPanel"_s,
        tr("Nothing is running in the background. Runs and exports are listed here until you clear them."),
        tr("Clear finished"), parent),
      m_activities(activities)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(std::chrono::milliseconds(200)); // a busy run changes more often than eyes follow
    connect(&m_soon, &QTimer::timeout, this, &ActivityPanel::fill);
    connect(&activities, &ActivityList::changed, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
    connect(this, &ListPanel::clearClicked, &activities, &ActivityList::clearEnded);
    fill();
}

void ActivityPanel::fill()
{
    // A card goes on standing under a button that is pressed: else the click would be lost.
    if (underMouse() && QGuiApplication::mouseButtons() != Qt::NoButton)
        return m_soon.start();
    QList<QWidget *> cards;
    bool anyEnded = false;
    for (const Activity &activity : m_activities.all()) {
        cards << card(activity);
        anyEnded = anyEnded || activity.isEnded();
    }
    setCards(cards);
    setClearable(anyEnded);
}

QWidget *ActivityPanel::card(const Activity &activity)
{
    const Metrics &m = themeOf(this).metrics();
    const StateLook look = lookOf(activity.state);
    auto *surface = Surface::card();
    surface->setObjectName(u"activity-"_s + activity.id);
    surface->setAccessibleName(activity.title);
    auto *column = new QVBoxLayout(surface);
    column->setContentsMargins(m.step(2.5), m.step(2), m.step(2.5), m.step(2));
    column->setSpacing(m.step(1));
    auto *title = new TextLabel(activity.title, TextRole::BodyMedium);
    title->setElided(Qt::ElideRight);
    column->addWidget(title);
    auto *detail = new TextLabel(activity.detail, TextRole::Small);
    detail->setTone(look.tone);
    detail->setWordWrap(true);
    column->addWidget(detail);
    if (!activity.isEnded() && activity.total > 0)
        column->addWidget(new ProgressLine(activity, surface));
    const QString who = activity.owner.isEmpty() ? tr("this console") : visibleText(activity.owner, 40);
    auto *line = new QHBoxLayout;
    line->setSpacing(m.step(1));
    auto *facts = new TextLabel(u"%1, %2"_s.arg(RelativeTime::clock(activity.started), who), TextRole::Small,
                                Token::Text2);
    facts->setElided(Qt::ElideRight);
    line->addWidget(facts, 1);
    if (!activity.address.isEmpty()) {
        auto *open = makeIconButton(u"activityOpen-"_s + activity.id, Icon::FullPage,
                                    tr("Open the page of: %1").arg(activity.title));
        connect(open, &QToolButton::clicked, this,
                [this, address = activity.address] { emit opened(address); });
        line->addWidget(open);
    }
    if (!activity.isEnded() && !activity.cancelHint.isEmpty()) {
        auto *cancel = makeIconButton(u"activityCancel-"_s + activity.id, Icon::CancelRun,
                                      tr("Cancel. %1").arg(activity.cancelHint));
        connect(cancel, &QToolButton::clicked, this, [this, activity] {
            // What only this console does ends at once; a run is asked about, as on its page.
            if (activity.isLocal)
                m_activities.cancel(activity.id);
            else
                emit cancelAsked(activity);
        });
        line->addWidget(cancel);
    }
    column->addLayout(line);
    return surface;
}

}
