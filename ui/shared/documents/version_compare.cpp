#include "ui/shared/documents/version_compare.h"

#include "ui/text/diff_view.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QPointer>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

VersionCompare::VersionCompare(DocumentsViewModel &documents, const QString &name, QWidget *parent)
    : QWidget(parent),
      m_documents(documents),
      m_name(name),
      m_from(new QComboBox),
      m_to(new QComboBox),
      m_summary(new TextLabel(TextRole::Body, Token::Text2)),
      m_diff(new DiffView(u"documentDiff"_s))
{
    const Metrics &m = themeOf(this).metrics();
    m_from->setObjectName(u"compareFrom"_s);
    m_from->setAccessibleName(tr("Older version"));
    m_to->setObjectName(u"compareTo"_s);
    m_to->setAccessibleName(tr("Newer version"));
    for (QComboBox *box : {m_from, m_to})
        box->setMinimumWidth(m.lines(7));
    m_summary->setObjectName(u"compareSummary"_s);
    m_summary->setElided(Qt::ElideRight);
    m_diff->setAccessibleName(tr("Differences"));
    auto *previous
        = makeIconButton(u"comparePrevious"_s, Icon::PreviousPlace, tr("Previous change (Shift+F7)"));
    auto *next = makeIconButton(u"compareNext"_s, Icon::NextPlace, tr("Next change (F7)"));
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    tools->setSpacing(m.toolGap());
    tools->addWidget(new TextLabel(tr("From"), TextRole::Body, Token::Text2));
    tools->addWidget(m_from);
    tools->addWidget(new TextLabel(tr("to", "a version"), TextRole::Body, Token::Text2));
    tools->addWidget(m_to);
    tools->addWidget(m_summary, 1);
    tools->addWidget(previous);
    tools->addWidget(next);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(m_diff, 1);
    connect(m_from, &QComboBox::currentIndexChanged, this, &VersionCompare::read);
    connect(m_to, &QComboBox::currentIndexChanged, this, &VersionCompare::read);
    connect(previous, &QToolButton::clicked, this, [this] { m_diff->goToChange(-1); });
    connect(next, &QToolButton::clicked, this, [this] { m_diff->goToChange(1); });
}

QString VersionCompare::from() const { return m_from->currentData().toString(); }

QString VersionCompare::to() const { return m_to->currentData().toString(); }

void VersionCompare::setVersions(const QStringList &newestFirst)
{
    QStringList known;
    for (int i = 0; i < m_to->count(); ++i)
        known << m_to->itemData(i).toString();
    if (known == newestFirst)
        return;
    for (QComboBox *box : {m_from, m_to}) {
        const QSignalBlocker quiet(box);
        box->clear();
        for (const QString &version : newestFirst)
            box->addItem(tr("Version %1").arg(version), version);
    }
    compare(m_wantedFrom, m_wantedTo);
}

void VersionCompare::compare(const QString &from, const QString &to)
{
    m_wantedFrom = from;
    m_wantedTo = to;
    const auto choose = [](QComboBox *box, const QString &version, int otherwise) {
        const QSignalBlocker quiet(box);
        const int at = box->findData(version);
        box->setCurrentIndex(at >= 0 ? at : qMin(otherwise, box->count() - 1));
    };
    choose(m_to, to, 0);
    choose(m_from, from, 1);
    read();
}

void VersionCompare::read()
{
    if (from().isEmpty() || to().isEmpty())
        return;
    m_wantedFrom = from();
    m_wantedTo = to();
    m_fromText.reset();
    m_toText.reset();
    emit compared();
    const int asked = ++m_asked;
    for (const bool isFrom : {true, false})
        m_documents.source().read(m_name, isFrom ? from() : to(),
                                  [self = QPointer<VersionCompare>(this), isFrom,
                                   asked](const ShownError &problem, const DocumentText &text) {
                                      if (!self || asked != self->m_asked) // a newer question is on its way
                                          return;
                                      if (!problem.isEmpty())
                                          return emit self->problemArose(problem);
                                      self->take(isFrom, text);
                                  });
}

void VersionCompare::take(bool isFrom, const DocumentText &text)
{
    (isFrom ? m_fromText : m_toText) = text.content;
    if (!m_fromText || !m_toText)
        return;
    const QList<DiffLine> lines = diffLines(*m_fromText, *m_toText);
    const int changes = changesIn(lines);
    m_diff->setDiff(lines);
    m_summary->setText(changes == 0 ? tr("The versions are identical.")
                                    : tr("%n line(s) differ", nullptr, changes));
    if (changes > 0)
        m_diff->goToChange(1);
}

}
