#include "ui/nodes/sessions/session_strip.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPainter>

namespace fb {

using namespace Qt::StringLiterals;

// A dot while it is recorded.
class RecordingDot final : public QWidget
{
public:
    explicit RecordingDot(QWidget *parent) : QWidget(parent) { setFixedSize(9, 9); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(themeOf(this).toneFill(Tone::Failed));
        painter.drawEllipse(QRectF(0.5, 0.5, 8, 8));
    }
};

namespace {
    constexpr std::chrono::minutes kCountedDown {5}; // before the longest time is over

    QString clockText(std::chrono::seconds left)
    {
        const auto seconds = left.count();
        const auto two = [](qint64 number) { return u"%1"_s.arg(number, 2, 10, QChar(u'0')); };
        return seconds >= 3600
            ? u"%1:%2:%3"_s.arg(seconds / 3600).arg(two(seconds / 60 % 60), two(seconds % 60))
            : u"%1:%2"_s.arg(two(seconds / 60), two(seconds % 60));
    }
}

SessionStrip::SessionStrip(QWidget *parent)
    : QWidget(parent),
      m_mark(new RecordingDot(this)),
      m_recording(new TextLabel(TextRole::BodyMedium, Token::Text2)),
      m_reason(new TextLabel(TextRole::Body, Token::Text2))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"sessionStrip"_s);
    m_recording->setObjectName(u"sessionRecording"_s);
    m_reason->setObjectName(u"sessionReason"_s);
    m_reason->setElided(Qt::ElideRight);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(m.step(3), m.step(1), m.step(3), m.step(1) + 1);
    line->setSpacing(m.step(1.5));
    line->addWidget(m_mark);
    line->addWidget(m_recording);
    line->addSpacing(m.step(2));
    line->addWidget(m_reason, 1);
    m_watched = addFact(line, Icon::Watch, u"sessionWatched"_s);
    m_runAs = addFact(line, Icon::RunAs, u"sessionRunAs"_s);
    m_idle = addFact(line, Icon::IdleLimit, u"sessionIdle"_s);
    m_ends = addFact(line, Icon::EndsAt, u"sessionEnds"_s);
    setFixedHeight(m.tabStrip());
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &SessionStrip::update);
    update();
}

SessionStrip::Fact SessionStrip::addFact(QHBoxLayout *line, Icon icon, const QString &name)
{
    const Metrics &m = themeOf(this).metrics();
    auto *box = new QWidget;
    auto *inside = new QHBoxLayout(box);
    inside->setContentsMargins(m.step(3), 0, 0, 0);
    inside->setSpacing(m.step(1.5));
    inside->addWidget(new IconLabel(icon));
    auto *words = new TextLabel(TextRole::Body, Token::Text2);
    words->setObjectName(name);
    inside->addWidget(words);
    line->addWidget(box);
    return {box, words};
}

void SessionStrip::setLink(SessionLink *link)
{
    if (m_link)
        m_link->disconnect(this);
    m_link = link;
    if (m_link)
        connect(m_link, &SessionLink::changed, this, &SessionStrip::update);
    update();
}

void SessionStrip::update()
{
    setVisible(m_link);
    if (!m_link) {
        m_second.stop();
        return;
    }
    const SessionNews &news = m_link->news();
    const bool isRunning = m_link->state() == SessionLink::State::Connected
        || m_link->state() == SessionLink::State::Disconnected;
    m_mark->setVisible(isRunning && news.recorded);
    if (isRunning && news.recorded) {
        m_recording->setTone(Tone::Failed);
        m_recording->setText(tr("Recording"));
    } else {
        m_recording->setToken(Token::Text2);
        m_recording->setText(isRunning ? tr("Not recorded") : SessionLink::word(m_link->state()));
    }
    m_reason->setText(news.reason.isEmpty() ? tr("No reason given")
                                            : tr("Reason: %1").arg(visibleText(news.reason)));
    m_watched.box->setVisible(isRunning && !news.watchedBy.isEmpty());
    m_watched.words->setTone(Tone::Waiting);
    m_watched.words->setText(tr("Watched by %1").arg(visibleText(news.watchedBy, 60)));
    const QString user = m_link->user();
    m_runAs.box->setVisible(!user.isEmpty());
    m_runAs.words->setText(tr("Run as %1").arg(visibleText(user, 40)));
    m_runAs.box->setToolTip({});
    const auto idle = m_link->idleLeft();
    m_idle.box->setVisible(idle.has_value());
    if (idle) {
        //: the node ends the session when nothing is typed for that long, "17:40"
        m_idle.words->setText(tr("Idle limit in %1").arg(clockText(*idle)));
        if (idle->count() <= 60)
            m_idle.words->setTone(Tone::Waiting);
        else
            m_idle.words->setToken(Token::Text2);
    }
    const auto ends = m_link->endsAt();
    m_ends.box->setVisible(ends.has_value());
    const auto left = m_link->longestLeft();
    const bool isClose = left && *left <= kCountedDown;
    if (isClose)
        //: the session's longest time is over then, "04:40"
        m_ends.words->setText(tr("Ends in %1").arg(clockText(*left)));
    else if (ends)
        //: a time of day
        m_ends.words->setText(tr("Ends at %1").arg(RelativeTime::clock(*ends)));
    if (isClose)
        m_ends.words->setTone(Tone::Waiting);
    else
        m_ends.words->setToken(Token::Text2);
    if ((idle || ends) && !m_second.isActive())
        m_second.start();
    else if (!idle && !ends)
        m_second.stop();
}

void SessionStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Base));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Token::Border));
}

}
