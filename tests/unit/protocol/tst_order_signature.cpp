#include "backend/protocol/order_signature.h"

#include "backend/core/byte_encoding.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <functional>

using namespace fb;
using namespace fb::protocol;

class tst_OrderSignature : public QObject
{
    Q_OBJECT

private slots:
    void knownAnswer();
    void everyPartIsSigned_data();
    void everyPartIsSigned();
    void everyPartOfAnOpenIsSigned_data();
    void everyPartOfAnOpenIsSigned();
    void refusesOddKeysAndSignatures();
};

namespace {

wire::OrderHead head()
{
    wire::OrderHead head;
    head.set_order_id("01JDABCDEFGHJKMNPQRSTVWXYZ");
    head.set_attempt(1);
    head.set_dispatch_seq(17);
    head.set_not_start_after_us(1'764'000'000'000'000);
    return head;
}

wire::OrderBody body()
{
    wire::OrderBody body;
    body.set_document_json(R"({"schemaVersion":"2.2"})");
    body.set_parameters_json(R"({"commands":["uptime"]})");
    auto *entry = body.add_environment();
    entry->set_name("A");
    entry->set_value("BC");
    auto *called = body.add_documents();
    called->set_reference("Child:2");
    called->set_content("{}");
    return body;
}

}

// RFC 8032 section 7.1, test 2.
void tst_OrderSignature::knownAnswer()
{
    const SecretBytes seed(*fromHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    QCOMPARE(toHex(orderPublicKey(seed).value()),
             std::string("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
    const std::string signature = signOrderText(seed, "\x72").value();
    QCOMPARE(
        toHex(signature),
        std::string(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00"));
    QVERIFY(verifyOrderText(orderPublicKey(seed).value(), "\x72", signature));
}

void tst_OrderSignature::everyPartIsSigned_data()
{
    QTest::addColumn<int>("part");
    const char *parts[] = {"fleet",
                           "node",
                           "order id",
                           "attempt",
                           "dispatch sequence",
                           "document",
                           "parameters",
                           "not-start-after",
                           "environment value",
                           "environment split elsewhere",
                           "called document",
                           "which document is called",
                           "no called document",
                           "one more called document"};
    for (int i = 0; i < 14; ++i)
        QTest::addRow("[T11] %s", parts[i]) << i;
}

void tst_OrderSignature::everyPartIsSigned()
{
    QFETCH(int, part);
    const OrderSigningKey key = newOrderSigningKey().value();
    const std::string signature
        = signOrderText(key.seed, signedOrderText("fleet", "mi-1", head(), body())).value();
    QVERIFY(verifyOrderText(key.publicKey, signedOrderText("fleet", "mi-1", head(), body()), signature));

    auto otherHead = head();
    auto otherBody = body();
    const std::function<void()> changes[] = {
        [] {},
        [] {},
        [&] { otherHead.set_order_id("01JDABCDEFGHJKMNPQRSTVWXY0"); },
        [&] { otherHead.set_attempt(2); },
        [&] { otherHead.set_dispatch_seq(18); },
        [&] { otherBody.set_document_json("{}"); },
        [&] { otherBody.set_parameters_json("{}"); },
        [&] { otherHead.set_not_start_after_us(1'764'000'000'000'001); },
        [&] { otherBody.mutable_environment(0)->set_value("BD"); },
        [&] {
            otherBody.mutable_environment(0)->set_name("AB");
            otherBody.mutable_environment(0)->set_value("C");
        },
        [&] { otherBody.mutable_documents(0)->set_content("{ }"); },
        [&] { otherBody.mutable_documents(0)->set_reference("Child:3"); },
        [&] { otherBody.clear_documents(); },
        [&] { otherBody.add_documents(); },
    };
    changes[part]();
    const std::string text
        = signedOrderText(part == 0 ? "other" : "fleet", part == 1 ? "mi-2" : "mi-1", otherHead, otherBody);
    QVERIFY(!verifyOrderText(key.publicKey, text, signature));
}

void tst_OrderSignature::everyPartOfAnOpenIsSigned_data()
{
    QTest::addColumn<int>("part");
    QTest::addColumn<bool>("isSigned");
    const char *parts[] = {"fleet",
                           "node",
                           "challenge",
                           "resumed",
                           "kind",
                           "number",
                           "token",
                           "where it is read from",
                           "user",
                           "what the shell runs",
                           "a field of later versions"};
    for (int i = 0; i < 11; ++i)
        QTest::addRow("[N08] %s", parts[i]) << i << true;
    QTest::addRow("the window is the connection's") << 11 << false;
    QTest::addRow("an offset of 0 is none") << 12 << false;
}

void tst_OrderSignature::everyPartOfAnOpenIsSigned()
{
    QFETCH(int, part);
    QFETCH(bool, isSigned);
    wire::Open open;
    open.set_kind(1);
    open.set_window(1000);
    open.set_token("token");
    open.set_signed_number(3);
    open.mutable_pty()->set_run_as_user("alice");
    wire::Open other = open;
    const std::function<void()> changes[] = {
        [] {},
        [] {},
        [] {},
        [] {},
        [&] { other.set_kind(8); },
        [&] { other.set_signed_number(4); },
        [&] { other.set_token("another"); },
        [&] { other.set_receive_from(1); },
        [&] { other.mutable_pty()->set_run_as_user("root"); },
        [&] { other.mutable_pty()->add_profile_lines("id"); },
        [&] { QVERIFY(other.MergeFromString("\xf8\x07\x01")); }, // field 127
        [&] { other.set_window(2000); },
        [&] { other.set_receive_from(0); },
    };
    changes[part]();
    const std::string text = signedOpenText("fleet", "mi-1", "challenge", false, open);
    const std::string otherText = signedOpenText(part == 0 ? "other" : "fleet", part == 1 ? "mi-2" : "mi-1",
                                                 part == 2 ? "another" : "challenge", part == 3, other);
    QCOMPARE(text != otherText, isSigned);
    // It reads the same after the wire, also to a version that knows less.
    wire::Open received;
    QVERIFY(received.ParseFromString(other.SerializeAsString()));
    received.set_signature("signature");
    QCOMPARE(signedOpenText(part == 0 ? "other" : "fleet", part == 1 ? "mi-2" : "mi-1",
                            part == 2 ? "another" : "challenge", part == 3, received),
             otherText);
}

void tst_OrderSignature::refusesOddKeysAndSignatures()
{
    const OrderSigningKey key = newOrderSigningKey().value();
    const std::string signature = signOrderText(key.seed, "text").value();
    QVERIFY(!verifyOrderText("", "text", signature));
    QVERIFY(!verifyOrderText(key.publicKey, "text", ""));
    QVERIFY(!verifyOrderText(key.publicKey, "text", signature + "x"));
    QVERIFY(!verifyOrderText(newOrderSigningKey().value().publicKey, "text", signature));
    QVERIFY(!signOrderText(SecretBytes("short"), "text"));
}

FB_TEST(tst_OrderSignature)
#include "tst_order_signature.moc"
