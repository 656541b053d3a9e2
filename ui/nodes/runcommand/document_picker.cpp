#include "ui/nodes/runcommand/document_picker.h"

#include "models/table/visible_text.h"
#include "ui/widgets/text_label.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kShown = 5; // matches in view at once
    constexpr int kLongestAbout = 160; // characters of a description
}

DocumentPicker::DocumentPicker(QWidget *parent)
    : QWidget(parent),
      m_field(new QLineEdit),
      m_list(new QListWidget),
      m_none(new TextLabel(tr("No document matches. Press Esc to go back."), TextRole::Small, Token::Text2)),
      m_about(new TextLabel(TextRole::Small, Token::Text3))
{
    const Metrics &m = themeOf(this).metrics();
    m_field->setObjectName(u"composerDocument"_s);
    m_field->setAccessibleName(tr("Document"));
    m_field->setPlaceholderText(tr("Search by name, description or platform"));
    m_field->setMinimumWidth(m.lines(18));
    m_field->installEventFilter(this);
    setFocusProxy(m_field);
    m_list->setObjectName(u"composerDocuments"_s);
    m_list->setAccessibleName(tr("Documents that match"));
    m_list->setFocusPolicy(Qt::NoFocus); // the field has the keys
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setUniformItemSizes(true);
    m_list->setWordWrap(false);
    m_list->hide();
    m_none->hide();
    m_about->setWordWrap(true);
    m_about->setObjectName(u"composerDocumentAbout"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(1));
    column->addWidget(m_field);
    column->addWidget(m_list);
    column->addWidget(m_none);
    column->addWidget(m_about);
    connect(m_field, &QLineEdit::textEdited, this, &DocumentPicker::search);
    connect(m_list, &QListWidget::itemClicked, this, &DocumentPicker::take);
}

void DocumentPicker::setDocuments(const QList<DocumentForm> &documents)
{
    m_documents = documents;
    if (m_list->isVisible() || m_none->isVisible())
        return search(m_field->text());
    endSearch();
}

const DocumentForm *DocumentPicker::current() const
{
    const auto found = std::find_if(m_documents.begin(), m_documents.end(),
                                    [this](const DocumentForm &form) { return form.name == m_current; });
    return found == m_documents.end() ? nullptr : &*found;
}

bool DocumentPicker::has(const QString &name) const
{
    return std::any_of(m_documents.begin(), m_documents.end(),
                       [&name](const DocumentForm &form) { return form.name == name; });
}

bool DocumentPicker::choose(const QString &name)
{
    if (!has(name))
        return false;
    const bool isNew = m_current != name;
    m_current = name;
    endSearch();
    if (isNew)
        emit chosen();
    return true;
}

void DocumentPicker::chooseNone()
{
    m_current.clear();
    endSearch();
}

void DocumentPicker::search(const QString &words)
{
    const QStringList parts = words.split(u' ', Qt::SkipEmptyParts);
    m_list->clear();
    for (const DocumentForm &form : std::as_const(m_documents)) {
        const QString platforms = form.platforms.join(u", "_s);
        const QString all = form.name + u' ' + form.description + u' ' + platforms;
        if (!std::all_of(parts.begin(), parts.end(),
                         [&](const QString &part) { return all.contains(part, Qt::CaseInsensitive); }))
            continue;
        const QString about = visibleText(form.description, kLongestAbout);
        auto *item = new QListWidgetItem(form.name + u'\n'
                                         + (platforms.isEmpty() ? about : platforms + u"   "_s + about));
        item->setData(Qt::UserRole, form.name);
        m_list->addItem(item);
        if (form.name == m_current)
            m_list->setCurrentItem(item);
    }
    const int count = m_list->count();
    if (count > 0 && !m_list->currentItem())
        m_list->setCurrentRow(0);
    m_list->setFixedHeight(qMax(1, qMin(kShown, count)) * m_list->sizeHintForRow(0) + 4);
    m_list->setVisible(count > 0);
    m_none->setVisible(count == 0);
    m_about->hide();
}

void DocumentPicker::take()
{
    if (const QListWidgetItem *item = m_list->currentItem())
        choose(item->data(Qt::UserRole).toString());
}

void DocumentPicker::endSearch()
{
    m_list->hide();
    m_none->hide();
    m_field->setText(m_current);
    const DocumentForm *form = current();
    QString about = form ? visibleText(form->description, kLongestAbout) : QString();
    if (form && !form->platforms.isEmpty())
        about = about.isEmpty() ? form->platforms.join(u", "_s)
                                : tr("%1 For %2.").arg(about, form->platforms.join(u", "_s));
    m_about->setText(about);
    m_about->setVisible(!about.isEmpty());
}

bool DocumentPicker::eventFilter(QObject *watched, QEvent *event)
{
    const bool searching = m_list->isVisible() || m_none->isVisible();
    if (event->type() == QEvent::FocusIn)
        m_field->selectAll();
    if (event->type() == QEvent::FocusOut
        && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason
        && static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason)
        endSearch();
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if ((key == Qt::Key_Down || key == Qt::Key_Up) && !searching) {
            search({});
            return true;
        }
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int row = m_list->currentRow() + (key == Qt::Key_Down ? 1 : -1);
            m_list->setCurrentRow(qBound(0, row, qMax(0, m_list->count() - 1)));
            return true;
        }
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && searching) {
            take();
            m_field->selectAll();
            return true;
        }
        if (key == Qt::Key_Escape && searching) {
            endSearch();
            m_field->selectAll();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}
