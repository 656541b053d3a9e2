#include "backend/nodes/fleet/node.h"

#include "backend/core/text_safety.h"

namespace fb {

using namespace Qt::StringLiterals;

Result<TagMap> withTags(TagMap before, const QList<Tag> &added)
{
    for (qsizetype i = 0; i < added.size(); ++i) {
        const Tag &tag = added[i];
        const QString path = u"Tags[%1]"_s.arg(i);
        if (const Result<void> valid = validate(tag); !valid)
            return fail(valid.error().code, path + u'.' + toQString(valid.error().message), path);
        if (tag.key.startsWith(u"aws:"_s, Qt::CaseInsensitive))
            return fail(errors::kValidation,
                        u"%1.Key is \"%2\"; keys that begin with aws: are reserved."_s.arg(path, tag.key),
                        path + u".Key"_s);
        if (hasControlOrBidi(toStd(tag.key)) || hasControlOrBidi(toStd(tag.value)))
            return fail(errors::kValidation,
                        u"%1 has a control character or a text-direction mark; remove it."_s.arg(path), path);
        before[tag.key] = tag.value;
    }
    if (before.size() > kMaxTags)
        return fail(
            errors::kTooManyTags,
            u"The node would have %1 tags; at most %2 are allowed."_s.arg(before.size()).arg(kMaxTags),
            u"Tags"_s);
    return before;
}

}
