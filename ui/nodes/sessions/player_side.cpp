#include "ui/nodes/sessions/player_side.h"

#include "ui/nodes/sessions/place_list.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/scroll_box.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    // A line breaks between them.
    QString inGroups(const QString &hash)
    {
        QStringList groups;
        for (qsizetype at = 0; at < hash.size(); at += 16)
            groups << hash.mid(at, 16);
        return groups.join(u' ');
    }
}

PlayerSide::PlayerSide(QWidget *parent)
    : Surface(Token::Base, parent),
      m_facts(new FactList),
      m_marks(new PlaceList(u"playerMarks"_s, tr("Marks"))),
      m_hits(new PlaceList(u"playerHits"_s, tr("Hits"))),
      m_marksPart(makePart(tr("Marks"), m_marks)),
      m_hitsPart(makePart(tr("Found"), m_hits))
{
    const Metrics &m = themeOf(this).metrics();
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(m.step(4), m.step(3), m.step(4), m.step(3));
    column->setSpacing(m.step(4));
    column->addWidget(m_hitsPart); // while one searches, what one looks at
    column->addWidget(m_facts);
    column->addWidget(m_marksPart);
    column->addStretch(1);
    auto *scroll = new ScrollBox(tr("Details of the session"));
    scroll->setContent(content);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);
    setMinimumWidth(m.detailWidth());
    connect(m_marks, &PlaceList::chosen, this, &PlayerSide::markChosen);
    connect(m_hits, &PlaceList::chosen, this, &PlayerSide::hitChosen);
}

QWidget *PlayerSide::makePart(const QString &title, PlaceList *list)
{
    auto *part = new QWidget;
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(themeOf(this).metrics().step(1.5));
    if (list == m_marks)
        column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(new TextLabel(title, TextRole::SectionHeading));
    column->addWidget(list);
    if (list == m_hits)
        column->addWidget(new Divider(Qt::Horizontal));
    return part;
}

void PlayerSide::showRecording(const Playback &playback)
{
    const Recording &recording = playback.player().recording();
    const SessionRow &session = playback.session();
    QList<QPair<QString, QString>> facts = SessionTable::facts(session, playback.now());
    facts.append({tr("Screen"), tr("%1 x %2 at the start").arg(recording.columns).arg(recording.rows)});
    if (!session.recordingHash.isEmpty())
        facts.append({tr("Hash"), inGroups(session.recordingHash)});
    m_facts->setFacts(facts);
    QList<RecordingPlace> places;
    for (const RecordingMark &mark : recording.marks)
        places.append({.at = mark.at,
                       .text = mark.isGap ? Playback::gapText(mark) : mark.label,
                       .icon = mark.isGap ? Icon::Failed : Icon::Mark,
                       .tone = mark.isGap ? Tone::Failed : Tone::Waiting});
    m_marks->setPlaces(places);
    m_marksPart->setVisible(!places.isEmpty());
}

void PlayerSide::showHits(const Playback &playback)
{
    QList<RecordingPlace> places;
    places.reserve(playback.hits().size());
    for (const RecordingHit &hit : playback.hits())
        places.append({.at = hit.at, .text = hit.line});
    m_hits->setPlaces(places);
    m_hits->setCurrent(playback.currentHit());
    m_hitsPart->setVisible(!places.isEmpty());
}

}
