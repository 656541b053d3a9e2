#include "ui/nodes/tools/journal_detail.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/text/text_viewer.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QStringDecoder>
#include <QVBoxLayout>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    // What is no UTF-8 as \xff.
    QString textOfBytes(const QByteArray &bytes)
    {
        QStringDecoder decoder(QStringDecoder::Utf8);
        const QString text = decoder(bytes);
        if (!decoder.hasError())
            return text;
        QString escaped;
        for (const char byte : bytes) {
            if (static_cast<unsigned char>(byte) < 0x80)
                escaped += QLatin1Char(byte);
            else
                escaped += u"\\x"_s + QString::number(static_cast<unsigned char>(byte), 16);
        }
        return escaped;
    }
}

JournalDetail::JournalDetail(QWidget *parent)
    : Surface(Token::Base, parent),
      m_title(new TextLabel(TextRole::SectionHeading)),
      m_priority(new Chip),
      m_note(new TextLabel(TextRole::Body, Token::Text2)),
      m_banner(new Banner),
      m_copy(makeButton(u"journalCopy"_s, tr("Copy as JSON"), Icon::Copy)),
      m_text(new TextViewer(u"journalFields"_s, tr("All fields of the entry")))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"journalDetail"_s);
    setEdges(Qt::LeftEdge);
    m_banner->setObjectName(u"journalDetailBanner"_s);
    m_title->setElided(Qt::ElideRight);
    m_note->setObjectName(u"journalNote"_s);
    m_note->setWordWrap(true);
    auto *close = makeIconButton(u"journalDetailClose"_s, Icon::Close, tr("Close"));
    connect(close, &QToolButton::clicked, this, &JournalDetail::closeClicked);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(m_entry.json())); });
    auto *head = new QHBoxLayout;
    head->setSpacing(m.toolGap());
    head->addWidget(m_title, 1);
    head->addWidget(m_priority);
    head->addWidget(close);
    auto *tools = new QHBoxLayout;
    tools->addWidget(m_note, 1);
    tools->addWidget(m_copy);
    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(m.step(4), m.step(3), m.step(3), m.step(2));
    upper->setSpacing(m.step(2));
    upper->addLayout(head);
    upper->addLayout(tools);
    upper->addWidget(m_banner);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(upper);
    column->addWidget(m_text, 1);
}

void JournalDetail::showReading(const JournalRow &row)
{
    m_rowId = row.id();
    m_entry = row.entry;
    m_title->setText(row.entry.identifier.isEmpty() ? tr("Entry") : visibleText(row.entry.identifier, 80));
    m_priority->setVisible(row.entry.priority >= 0);
    m_priority->setState(JournalColumns::priorityKind(row.entry.priority),
                         JournalColumns::priorityWord(row.entry.priority));
    QString note = RelativeTime::exactToMillis(row.entry.stamp);
    if (row.at != row.entry.stamp)
        note = tr("%1 by the node's clock, which is %2 s off")
                   .arg(note, QString::number(double((row.entry.stamp - row.at).count()) / 1e6, 'f', 3));
    m_note->setText(note);
    m_banner->hide();
    m_copy->setEnabled(false);
    m_text->setText(visibleLines(row.entry.message));
}

QString JournalDetail::textOf(const JournalEntry &entry)
{
    QString message;
    QStringList fields;
    for (const JournalField &field : entry.fields) {
        const QString value = textOfBytes(field.value);
        if (field.name == u"MESSAGE" && message.isEmpty())
            message = value;
        else
            fields << field.name + u'=' + value;
    }
    std::stable_sort(fields.begin(), fields.end(), [](const QString &a, const QString &b) {
        const auto rank = [](const QString &text) { // what the program said, the system, the journal itself
            return text.startsWith(u"__") ? 2 : text.startsWith(u'_') ? 1 : 0;
        };
        const QString nameA = a.section(u'=', 0, 0);
        const QString nameB = b.section(u'=', 0, 0);
        return rank(a) != rank(b) ? rank(a) < rank(b) : nameA < nameB;
    });
    return message + u"\n\n"_s + fields.join(u'\n');
}

void JournalDetail::showEntry(const JournalEntry &entry)
{
    m_entry = entry;
    QStringList cut;
    for (const JournalField &field : entry.fields) {
        if (field.size > field.value.size())
            cut << tr("%1: the first %2 of %3")
                       .arg(visibleText(field.name, 60), JournalColumns::sizeText(field.value.size()),
                            JournalColumns::sizeText(field.size));
    }
    if (entry.fieldsLeftOut > 0)
        cut << tr("%n field(s) left out", nullptr, entry.fieldsLeftOut);
    if (!cut.isEmpty())
        m_banner->showMessage(Tone::Waiting, Icon::Notice, tr("The entry is too long to be shown whole."),
                              cut.join(u"; "_s));
    m_copy->setEnabled(true);
    const QString text = textOf(entry);
    m_text->setText(visibleLines(text), text);
}

void JournalDetail::showProblem(const ShownError &problem)
{
    m_banner->showMessage(Tone::Failed, Icon::FieldError, tr("The entry could not be read."),
                          problem.words());
}

}
