#include "ui/nodes/tools/file_pane.h"

#include "models/nodes/tools/file_row.h"
#include "models/table/visible_text.h"
#include "models/text/line_diff.h"
#include "ui/text/code_editor.h"
#include "ui/text/diff_view.h"
#include "ui/text/text_viewer.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QLineEdit>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

FilePane::FilePane(FileSource &source, const QString &nodeId, QWidget *parent)
    : Surface(Token::Base, parent),
      m_source(source),
      m_nodeId(nodeId),
      m_title(new TextLabel(TextRole::SectionHeading)),
      m_note(new TextLabel(TextRole::Body, Token::Text2)),
      m_banner(new Banner),
      m_follow(makeButton(u"fileFollow"_s, tr("Follow"), Icon::Follow)),
      m_edit(makeButton(u"fileEdit"_s, tr("Edit"), Icon::Edit)),
      m_save(makeButton(u"fileSave"_s, tr("Save"), Icon::Save, ButtonKind::Primary)),
      m_discard(makeButton(u"fileDiscard"_s, tr("Discard"))),
      m_pause(makeButton(u"filePause"_s, tr("Pause"), Icon::Pause)),
      m_filter(new QLineEdit),
      m_parts(new QStackedWidget),
      m_text(new TextViewer(u"fileText"_s, tr("Content of the file"))),
      m_lines(new NumberedText(u"fileTail"_s)),
      m_editor(new CodeEditor(u"fileEditor"_s)),
      m_diff(new DiffView(u"fileDiff"_s))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"filePane"_s);
    setEdges(Qt::LeftEdge);
    m_banner->setObjectName(u"fileBanner"_s);
    m_title->setElided(Qt::ElideMiddle);
    m_note->setObjectName(u"fileNote"_s);
    m_note->setWordWrap(true);
    m_lines->setReadOnly(true);
    m_lines->setAccessibleName(tr("The end of the file"));
    m_lines->setMaximumBlockCount(static_cast<int>(FileTailModel::kMost));
    m_editor->setAccessibleName(tr("Text of the file"));
    m_diff->setAccessibleName(tr("Differences from the file on the node"));
    m_filter->setObjectName(u"fileTailFilter"_s);
    m_filter->setAccessibleName(tr("Only lines with"));
    m_filter->setPlaceholderText(tr("Only lines with..."));
    markChange(m_save, "flagbridge:ChangeNodeWithTools");
    auto *close = makeIconButton(u"filePaneClose"_s, Icon::Close, tr("Close"));
    connect(close, &QToolButton::clicked, this, &FilePane::closeClicked);
    auto *head = new QHBoxLayout;
    head->setSpacing(m.toolGap());
    head->addWidget(m_title, 1);
    head->addWidget(close);
    auto *tools = new QHBoxLayout;
    tools->setSpacing(m.toolGap());
    for (QWidget *tool : std::initializer_list<QWidget *> {m_follow, m_edit, m_save, m_discard, m_pause})
        tools->addWidget(tool);
    tools->addWidget(m_filter, 1);
    tools->addStretch(0);
    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(m.step(4), m.step(3), m.step(3), m.step(2));
    upper->setSpacing(m.step(2));
    upper->addLayout(head);
    upper->addWidget(m_note);
    upper->addLayout(tools);
    upper->addWidget(m_banner);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(upper);
    column->addWidget(m_parts, 1);
    m_parts->addWidget(new QWidget);
    m_parts->addWidget(m_text);
    m_parts->addWidget(m_lines);
    m_parts->addWidget(m_editor);
    m_parts->addWidget(m_diff);
    connect(m_follow, &QPushButton::clicked, this, [this] {
        if (part() == Tail)
            showFile(m_path, m_mayEdit);
        else
            follow();
    });
    connect(m_edit, &QPushButton::clicked, this, &FilePane::edit);
    connect(m_save, &QPushButton::clicked, this, &FilePane::save);
    connect(m_discard, &QPushButton::clicked, this, [this] { showFile(m_path, m_mayEdit); });
    connect(m_pause, &QPushButton::clicked, this, [this] {
        m_tail->setPaused(!m_tail->isPaused());
        m_pause->setText(m_tail->isPaused() ? tr("Go on") : tr("Pause"));
        m_pause->setIcon(Theme::icon(m_tail->isPaused() ? Icon::Start : Icon::Pause));
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (m_tail)
            m_tail->setFilter(text.trimmed());
    });
    showPart(Reading);
}

FilePane::Part FilePane::part() const { return static_cast<Part>(m_parts->currentIndex()); }

void FilePane::showPart(Part part)
{
    m_parts->setCurrentIndex(part);
    const bool isChanging = part == Editor || part == Difference;
    m_follow->setVisible(!isChanging);
    m_follow->setText(part == Tail ? tr("Stop following") : tr("Follow"));
    m_edit->setVisible(part == Text || part == Reading);
    m_edit->setEnabled(m_mayEdit);
    m_save->setVisible(isChanging);
    m_save->setText(part == Difference ? tr("Overwrite") : tr("Save"));
    m_discard->setVisible(isChanging);
    m_pause->setVisible(part == Tail);
    m_filter->setVisible(part == Tail);
    if (part != Tail)
        m_tail.reset();
}

bool FilePane::hasUnsaved() const
{
    return (part() == Editor || part() == Difference) && m_editor->exactText() != m_opened;
}

void FilePane::showFile(const QByteArray &path, bool mayEdit)
{
    m_path = path;
    m_mayEdit = mayEdit;
    m_isLog = false;
    m_title->setText(visibleText(filePath::shown(filePath::name(path))));
    m_note->setText({});
    m_banner->hide();
    showPart(Reading);
    read(false);
}

void FilePane::showLog(const QByteArray &path)
{
    showFile(path, false);
    m_isLog = true;
}

void FilePane::read(bool forEdit)
{
    const quint64 token = ++m_token;
    m_source.read(m_nodeId, m_path, forEdit, this,
                  [this, token, forEdit](const ShownError &problem, const FileContent &content) {
                      if (token != m_token)
                          return; // another file is shown
                      if (!problem.isEmpty())
                          return fail(problem,
                                      forEdit ? tr("The file cannot be edited.")
                                              : tr("The file cannot be read."));
                      if (forEdit)
                          takeForEdit(content);
                      else
                          take(content);
                  });
}

void FilePane::fail(const ShownError &problem, const QString &statement)
{
    m_banner->showMessage(Tone::Failed, Icon::FieldError, statement, problem.words());
}

void FilePane::take(const FileContent &content)
{
    QStringList facts {FileColumns::sizeText(content.size)};
    facts << (content.encoding == u"binary" ? tr("binary") : content.encoding.toUpper());
    if (content.cut && content.encoding == u"binary")
        facts << tr("the first %1 are shown").arg(FileColumns::sizeText(content.bytes.size()));
    else if (content.cut && content.lines > 0)
        facts << tr("the first %n line(s) are shown", nullptr, content.lines);
    else if (content.cut)
        facts << tr("the first %1 are shown").arg(FileColumns::sizeText(content.bytes.size()));
    if (content.cutLines > 0)
        facts << tr("%n long line(s) shortened", nullptr, content.cutLines);
    m_note->setText(facts.join(u", "_s));
    const QString text = content.text();
    m_text->setText(visibleLines(text), text);
    showPart(Text);
    if (std::exchange(m_isLog, false) && content.encoding != u"binary")
        follow(); // one that is packed, or a table of log-ins, has no lines to follow
}

// ---- Tail ----------------------------------------------------------------------------------------------------------

void FilePane::follow()
{
    m_banner->hide();
    m_lines->clear();
    m_filter->clear();
    m_tail = std::make_unique<FileTailModel>(m_source, m_nodeId, m_path);
    connect(m_tail.get(), &FileTailModel::appended, this, &FilePane::appendTail);
    connect(m_tail.get(), &FileTailModel::reset, this, [this] {
        m_lines->clear();
        appendTail(m_tail->lines());
    });
    connect(m_tail.get(), &FileTailModel::problemChanged, this, [this] {
        if (m_tail->problem().isEmpty())
            m_banner->hide();
        else
            fail(m_tail->problem(), tr("The file cannot be followed now. Trying again."));
    });
    m_note->setText(tr("The last lines, and new ones as they are added."));
    showPart(Tail);
}

void FilePane::appendTail(const QStringList &lines)
{
    const QScrollBar *bar = m_lines->verticalScrollBar();
    const bool isAtEnd = bar->value() == bar->maximum();
    m_lines->appendPlainText(lines.join(u'\n'));
    if (isAtEnd) // who reads further up is left there
        m_lines->verticalScrollBar()->setValue(m_lines->verticalScrollBar()->maximum());
}

// ---- Edit ----------------------------------------------------------------------------------------------------------

void FilePane::edit()
{
    m_banner->hide();
    read(true);
}

void FilePane::takeForEdit(const FileContent &content)
{
    m_digest = content.digest;
    m_opened = QString::fromUtf8(content.bytes);
    const bool isYaml = m_path.endsWith(".yaml") || m_path.endsWith(".yml");
    m_editor->setLanguage(isYaml                         ? CodeLanguage::Yaml
                              : m_path.endsWith(".json") ? CodeLanguage::Json
                                                         : CodeLanguage::Plain);
    m_editor->setPlainText(m_opened);
    m_note->setText(tr("Saved only if no one changes the file in the meantime."));
    showPart(Editor);
    m_editor->setFocus();
}

void FilePane::save()
{
    if (EditGate::waits(*m_save))
        return;
    const QByteArray written = m_editor->exactText().toUtf8();
    const QByteArray expected = part() == Difference ? m_theirs : m_digest;
    m_save->setEnabled(false);
    m_source.save(m_nodeId, m_path, written, expected, this,
                  [this, written](const ShownError &problem, const FileSaveOutcome &outcome) {
                      m_save->setEnabled(true);
                      if (!problem.isEmpty())
                          return fail(problem, tr("The file was not saved."));
                      takeSaved(outcome, written);
                  });
}

void FilePane::takeSaved(const FileSaveOutcome &outcome, const QByteArray &written)
{
    if (outcome.isConflict) {
        m_theirs = outcome.digest;
        m_diff->setDiff(withLinesBefore(diffLines(visibleLines(QString::fromUtf8(outcome.content)),
                                                  visibleLines(QString::fromUtf8(written)))));
        m_banner->showMessage(Tone::Waiting, Icon::Notice, tr("Someone changed the file in the meantime."),
                              tr("Nothing was saved. Your text is compared with the file as it is now."));
        return showPart(Difference);
    }
    m_opened = QString::fromUtf8(written);
    m_digest = outcome.digest;
    emit saved(m_path);
    showFile(m_path, m_mayEdit);
    m_banner->showMessage(Tone::Success, Icon::Success, tr("The file was saved."), {});
}

}
